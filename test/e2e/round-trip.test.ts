/** What Parley writes, opened again: the same exchanges and bodies, from each leg. */
import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { openCapture } from '../../src/store/capture.ts'
import { dissect } from '../../src/wire/tls/dissect.ts'
import { exchangeLines } from './support/exchange-lines.ts'
import { makeIdentities } from './support/identities.ts'
import { startOrigin, steadyBytes } from './support/origin.ts'
import { type Parley, startParley } from './support/parley.ts'
import { run, temporaryFolder } from './support/processes.ts'
import { e2e } from './support/programs.ts'

const host = 'origin.localhost'

for (const [what, flags] of [
  ['with all ciphertext', ['--pcap']],
  ['encrypted anew', []],
] as const)
  e2e(`a capture as pcapng, ${what}, has the same exchanges on both legs`, { needs: ['curl'] }, async t => {
    const identities = await makeIdentities(t)
    const [port, clear] = [await startOrigin(t, identities.leaf('origin', { host })), await startOrigin(t)]
    const parley = await startParley(t, '--insecure', ...flags)
    const folder = temporaryFolder(t)
    const posted = join(folder, 'posted')
    writeFileSync(posted, steadyBytes(100_000))
    const urls = [
      `https://${host}:${port}/posted`,
      `https://${host}:${port}/bytes/400000`,
      `http://127.0.0.1:${clear}/bytes/70000`,
    ]
    for (const more of [['--http1.1', '--tls-max', '1.2'], ['--http2']])
      for (const url of urls) {
        const body = url.endsWith('posted') ? ['--data-binary', `@${posted}`] : []
        const { code, stderr } = await run(
          'curl',
          [
            '-sS',
            '--proxy',
            parley.url,
            '--noproxy',
            '',
            '--cacert',
            parley.caPath,
            ...more,
            ...body,
            url,
            '-o',
            '/dev/null',
          ],
          { timeout: 20_000 },
        )
        assert.equal(code, 0, stderr)
      }
    const again = await outAndInAgain(parley, folder, 'pcapng')
    const before = exchangeLines(parley.capturePath)
    assert.equal(before.length, 6)
    // plain HTTP to a proxy gets its target on the way: both legs name the same URL
    assert.deepEqual([...exchangeLines(again)].sort(), [...before, ...before].sort())
    assert.deepEqual(handshakesOf(again), handshakesOf(parley.capturePath))
  })

e2e('a capture as HAR has the same exchanges and bodies', { needs: ['curl'] }, async t => {
  const identities = await makeIdentities(t)
  const port = await startOrigin(t, identities.leaf('origin', { host }))
  const parley = await startParley(t, '--insecure')
  const folder = temporaryFolder(t)
  const posted = join(folder, 'posted')
  writeFileSync(posted, 'a=1&b=%C3%A9')
  const base = `https://${host}:${port}`
  for (const more of [['--http1.1'], ['--http2']])
    for (const args of [
      ['--data-binary', `@${posted}`, `${base}/posted?q=%20x`],
      [`${base}/bytes/50000`],
      ['-I', `${base}/head`],
    ]) {
      const curl = ['-sS', '--proxy', parley.url, '--noproxy', '', '--cacert', parley.caPath, ...more, ...args]
      const { code, stderr } = await run('curl', [...curl, '-o', '/dev/null'], { timeout: 20_000 })
      assert.equal(code, 0, stderr)
    }
  const again = await outAndInAgain(parley, folder, 'har')
  const before = exchangeLines(parley.capturePath)
  assert.equal(before.length, 6)
  assert.deepEqual(exchangeLines(again), before)
})

/** The path of a capture of what six connections leave as that format. */
async function outAndInAgain(parley: Parley, folder: string, format: 'pcapng' | 'har'): Promise<string> {
  await parley.closed(6)
  await parley.stop()
  const [out, again] = [join(folder, `out.${format}`), join(folder, 'again.parley')]
  const exported = await parley.installed.run('export', parley.capturePath, '--as', format, '-o', out)
  assert.equal(exported.code, 0, exported.stderr)
  const opened = await parley.installed.run('open', out, '-o', again)
  assert.deepEqual([opened.code, opened.stderr], [0, ''])
  return again
}

/** The messages of every leg with TLS, in an order of their own. */
function handshakesOf(path: string): readonly string[] {
  const capture = openCapture(path)
  try {
    return capture
      .connections({ after: 0, limit: 1000 })
      .flatMap(({ id }) => (['client', 'upstream'] as const).flatMap(leg => capture.legCapture(id, leg) ?? []))
      .map(kept =>
        dissect(kept)
          .messages.map(({ name, direction, bytes }) => `${direction} ${name} ${Buffer.from(bytes).toString('hex')}`)
          .sort()
          .join(' '),
      )
      .filter(messages => messages !== '')
      .sort()
  } finally {
    capture.close()
  }
}
