import assert from 'node:assert/strict'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { openAuthority } from '../../../ca/index.ts'
import { MountError, openScripts } from '../../../src/proxy/script/engine.ts'
import type { Plugin } from '../../../src/proxy/script/script.ts'
import { inTime } from '../../in-time.ts'
import { secureTunnel, toProxy } from '../running.ts'
import { once, readAll } from '../socket-pair.ts'
import { scriptedServer } from './scripted-server.ts'

/** Puts a letter on the answer. */
const signing = (letter: string): Plugin => ({
  onResponse(context: { serverToProxyResponse: { headers: Record<string, string> } }, next: () => void) {
    const { headers } = context.serverToProxyResponse
    headers['x-by'] = `${headers['x-by'] ?? ''}${letter}`
    next()
  },
})

test('each script runs on its own hosts, in the order in which they were given', async t => {
  const { ask } = await scriptedServer(t, 'http', [
    { file: '/a.mjs', plugin: signing('a') },
    { file: '/b.mjs', hosts: ['*.other.example'], plugin: signing('b') },
    { file: '/c.mjs', hosts: ['a.example'], plugin: signing('c') },
  ])
  assert.match((await ask('GET / HTTP/1.1')).head, /^x-by: ac$/m)
})

for (const side of ['http', 'https'] as const) {
  test(`${side}: a host that no script is for passes as it came, h2 offered`, async t => {
    const { ask, tape } = await scriptedServer(t, side, [
      { file: '/b.mjs', hosts: ['*.other.example'], plugin: signing('b') },
    ])
    const { head } = await ask('GET / HTTP/1.1')
    assert.doesNotMatch(head, /x-by/)
    await tape.closed()
    assert.equal(tape.told('treated').at(-1)?.treatment, side === 'http' ? 'rewrite' : 'observe')
  })

  test(`${side}: one connection asks several times; when its server leaves, it ends`, async t => {
    const { proxy, tape, ca, port } = await scriptedServer(t, side, signing('a'), (request, answer) => {
      if (request.url === '/last') answer.shouldKeepAlive = false
      answer.end('hi')
    })
    const where = { host: 'a.example', port, ca, alpn: ['http/1.1'] }
    const client = side === 'https' ? await secureTunnel(t, proxy, where) : await toProxy(t, proxy)
    const heard = readAll(client)
    const root = side === 'https' ? '' : `http://a.example:${port}`
    for (const path of ['/1', '/2']) {
      client.write(`GET ${root}${path} HTTP/1.1\r\nHost: a.example:${port}\r\n\r\n`)
      await once(client, 'data')
    }
    client.write(`GET ${root}/last HTTP/1.1\r\nHost: a.example:${port}\r\n\r\n`)
    const all = String(await inTime('the connection ends', heard))
    client.destroy()
    await tape.closed()
    assert.equal(all.match(/^x-by: a$/gm)?.length, 3)
    assert.equal(tape.told('connected').length, 1)
    assert.deepEqual(tape.codes(), [])
  })

  test(`${side}: requests that came together are answered in their order`, async t => {
    const { proxy, ca, port } = await scriptedServer(t, side, signing('a'), ({ url }, answer) =>
      setTimeout(() => answer.end(url), url === '/1' ? 30 : 0),
    )
    const where = { host: 'a.example', port, ca, alpn: ['http/1.1'] }
    const client = side === 'https' ? await secureTunnel(t, proxy, where) : await toProxy(t, proxy)
    const heard = readAll(client)
    const root = side === 'https' ? '' : `http://a.example:${port}`
    const fields = [`Host: a.example:${port}`, '', '']
    client.write(['/1', '/2'].map(path => [`GET ${root}${path} HTTP/1.1`, ...fields].join('\r\n')).join(''))
    client.end([`GET ${root}/3 HTTP/1.1`, 'Connection: close', ...fields].join('\r\n'))
    const all = String(await inTime('the connection ends', heard))
    assert.deepEqual(
      [...all.matchAll(/^\/\d/gm)].map(([path]) => path),
      ['/1', '/2', '/3'].filter(path => all.includes(path)),
    )
    assert.equal(all.match(/^x-by: a$/gm)?.length, 3)
  })
}

test('a client that offers HTTP/2 alone keeps it, and no script sees it', async t => {
  const { proxy, tape, ca, port } = await scriptedServer(t, 'https', signing('a'))
  await secureTunnel(t, proxy, { host: 'a.example', port, ca, alpn: ['h2'] }).catch(() => {}) // that server has none
  assert.equal(tape.told('treated')[0]?.treatment, 'observe')
})

test('what Parley’s hello leaves out for a script is told as a gap', async t => {
  const { ask, tape } = await scriptedServer(t, 'https', signing('a'))
  await ask('GET / HTTP/1.1')
  const gap = tape.told('mirrored')[0]?.gaps.find(({ kind, id }) => kind === 'extension' && id === 16)
  assert.match(gap?.reason ?? '', /http\/1\.1 alone, because a script/)
})

test('a script that throws as it hangs itself in is named', async () => {
  const plugin = (): never => {
    throw new TypeError('no')
  }
  const opening = openScripts([{ file: '/a.mjs', plugin }], { authorityFolder: '/nowhere', patience: 10 })
  await assert.rejects(opening, (error: MountError) => error instanceof MountError && error.file === '/a.mjs')
})

test('http-mitm-proxy makes nothing in the folder of the authority', async t => {
  const folder = mkdtempSync(join(tmpdir(), 'parley-script-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  await openAuthority(folder)
  const before = readdirSync(folder, { recursive: true }).toSorted()
  const scripts = await openScripts([{ file: '/a.mjs', plugin: signing('a') }], {
    authorityFolder: folder,
    patience: 10,
  })
  assert.equal(scripts.runOn('any.example'), true)
  assert.deepEqual(readdirSync(folder, { recursive: true }).toSorted(), before)
})
