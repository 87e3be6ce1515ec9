/** `parley doctor` with the programs of this machine. */
import assert from 'node:assert/strict'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { FindingGroup } from '../../src/doctor/finding.ts'
import { type Owner, type Running, start, temporaryFolder } from './support/processes.ts'
import { e2e, findProgram } from './support/programs.ts'

const main = join(import.meta.dirname, '../../dist/src/cli/main.js')

const journal = /^parley(?:\/touched\.json)?$/

interface Place {
  /** What a person has: nothing. */
  readonly home: string
  readonly temporary: string
  readonly bin: string
  /** Files below both, but for the journal. */
  left(): readonly string[]
  doctor(...args: readonly string[]): Running
}

/** The distribution's own: what a version manager puts before it needs the rest of PATH. */
function placeOf(name: string): string {
  if (name === 'node') return process.execPath
  return existsSync(`/usr/bin/${name}`) ? `/usr/bin/${name}` : findProgram(name)!
}

/** A machine that has these programs alone on PATH. */
function place(owner: Owner, programs: readonly string[]): Place {
  const folder = temporaryFolder(owner)
  const [home, bin] = [join(folder, 'home'), join(folder, 'bin')]
  for (const each of [home, bin]) mkdirSync(each)
  const temporary = mkdtempSync('/tmp/p-') // short: Chromium has a socket there
  owner.after(() => rmSync(temporary, { recursive: true, force: true }))
  for (const name of programs) symlinkSync(placeOf(name), join(bin, name))
  const env = { HOME: home, XDG_DATA_HOME: home, TMPDIR: temporary, PATH: bin, NODE_OPTIONS: '', NO_PROXY: '*' }
  return {
    home,
    temporary,
    bin,
    left: () =>
      [home, temporary]
        .flatMap(each => readdirSync(each, { recursive: true, encoding: 'utf8' }))
        .filter(name => !journal.test(name)),
    doctor: (...args) => start(owner, process.execPath, [main, 'doctor', '--listen', '127.0.0.1:0', ...args], { env }),
  }
}

const sent = (stdout: string): ReadonlyMap<string, { readonly level: string; readonly says: string }> => {
  const { groups } = JSON.parse(stdout) as { readonly groups: readonly FindingGroup[] }
  return new Map(groups.find(({ title }) => /sent/.test(title))!.findings.map(finding => [finding.what, finding]))
}

const runtimes = ['curl', 'wget', 'python3', 'java', 'go', 'ruby', 'php', 'git', 'node']

e2e('every runtime comes through Parley, past a NO_PROXY for all, and leaves nothing', { needs: runtimes }, async t => {
  const { doctor, left } = place(t, runtimes)
  const { code, stdout, stderr } = await doctor('--json').ended
  const findings = sent(stdout)
  assert.deepEqual([...findings.keys()].sort(), runtimes.map(name => name.replace('3', '')).sort(), stderr)
  for (const [name, { level, says }] of findings) assert.equal(level, 'ok', `${name}: ${says}`)
  assert.equal(code, 1) // NO_PROXY=*
  assert.deepEqual(left(), [])
})

const browsers = ['chromium', 'firefox-esr', 'certutil']

e2e('browsers come through Parley, and leave nothing', { needs: browsers }, async t => {
  const { doctor, left } = place(t, browsers)
  const findings = sent((await doctor('--json').ended).stdout)
  for (const name of ['chromium', 'firefox']) {
    const { level, says } = findings.get(name)!
    assert.equal(level, 'ok', `${name}: ${says}`)
  }
  assert.deepEqual(left(), [])
})

e2e(
  'a curl whose settings lead it elsewhere, or let it trust others, is told with what mends it',
  { needs: ['curl'] },
  async t => {
    const { doctor, home } = place(t, ['curl'])
    writeFileSync(join(home, '.curlrc'), 'noproxy = "*"\n')
    const elsewhere = await doctor().ended
    assert.match(elsewhere.stdout, /trouble {2}curl .* did not come to Parley: curl: \(6\) /)
    assert.match(elsewhere.stdout, /→ look for proxy, noproxy and cacert in ~\/\.curlrc/)
    writeFileSync(join(home, '.curlrc'), 'cacert = /etc/ssl/certs/ca-certificates.crt\n')
    const distrusting = await doctor().ended
    assert.match(distrusting.stdout, /trouble {2}curl .*client/)
    assert.deepEqual([elsewhere.code, distrusting.code], [1, 1])
  },
)

e2e('Ctrl-C ends it and what it has started, and leaves nothing', {}, async t => {
  const { doctor, left, temporary, bin } = place(t, [])
  writeFileSync(join(bin, 'curl'), '#!/bin/sh\nexec /bin/sleep 100\n', { mode: 0o755 })
  const running = doctor()
  for (let look = 0; look < 300 && !readdirSync(temporary).length; look++) await new Promise(r => setTimeout(r, 50))
  await new Promise(r => setTimeout(r, 1000))
  const { code, stdout } = await running.stop('SIGINT')
  assert.deepEqual([code, stdout], [130, ''])
  assert.deepEqual(left(), [])
})
