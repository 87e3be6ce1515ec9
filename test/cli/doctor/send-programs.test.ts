import assert from 'node:assert/strict'
import { mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { renewal } from '../../../ca/index.ts'
import { sendPrograms } from '../../../src/cli/doctor/send-programs.ts'
import { hereWith } from '../../doctor/here.ts'
import { ownFolder } from '../recorded-run.ts'

process.env.XDG_DATA_HOME = ownFolder() // for the journal
process.env.TMPDIR = ownFolder()
const left = (): readonly string[] => readdirSync(process.env.TMPDIR!).filter(name => !name.startsWith('parley-cli-'))

function hereWithPrograms(programs: Readonly<Record<string, string>>) {
  const folder = ownFolder()
  const bin = join(folder, 'bin')
  mkdirSync(bin)
  symlinkSync(process.execPath, join(bin, 'node'))
  for (const [name, script] of Object.entries(programs))
    writeFileSync(join(bin, name), `#!${process.execPath}\n${script}`, { mode: 0o755 })
  const environment = { PATH: bin, HOME: folder, NO_PROXY: '*' }
  return hereWith({ environment }, { authority: { state: 'none' }, authorityFolder: join(folder, 'ca') })
}

/** A client that goes through the proxy and trusts nobody. */
const distrusting = `
  const [url] = process.argv.slice(-1)
  const { host } = new URL(url)
  const proxy = new URL(process.env.HTTPS_PROXY)
  require('http').request({ host: proxy.hostname, port: proxy.port, method: 'CONNECT', path: host }).on('connect', (_, socket) => {
    require('tls').connect({ socket, servername: host.split(':')[0], ca: [] }).on('error', e => { console.error(e.message); process.exit(1) })
  }).end()`

test('what comes is well, what distrusts or goes elsewhere is told, and nothing is left', {
  skip: process.platform === 'win32',
}, async () => {
  const here = hereWithPrograms({ curl: distrusting, wget: 'console.error("wget: no such host"); process.exit(4)' })
  const findings = await sendPrograms(here, new AbortController().signal)
  const [curl, wget, node] = ['curl', 'wget', 'node'].map(name => findings.find(({ what }) => what === name)!)
  assert.equal(findings.length, 3)
  assert.match(node!.says, /^HTTP\/1\.1 in /)
  assert.equal(curl!.level, 'trouble')
  assert.match(curl!.says, /client .*(?:trust|certificate)/)
  assert.match(wget!.says, /^did not come to Parley: wget: no such host/)
  assert.match(wget!.remedy!, /wgetrc/)
  assert.deepEqual(left(), [])
  assert.deepEqual(readdirSync(here.machine.environment.HOME!), ['bin'])
})

test('without a program there is nothing to send', async () => {
  const [finding] = await sendPrograms(hereWith({ environment: { PATH: '' } }), new AbortController().signal)
  assert.deepEqual([finding!.level, finding!.what], ['note', 'programs'])
})

test('a root that cannot be opened is told, and nothing is left', async () => {
  const here = hereWithPrograms({})
  const authorityFolder = join(here.machine.environment.HOME!, 'bin', 'node')
  const findings = await sendPrograms(
    { ...here, authorityFolder, authority: hereWith().authority },
    AbortSignal.abort(),
  )
  assert.deepEqual([findings.length, findings[0]!.level, findings[0]!.what], [1, 'trouble', 'proxy'])
  assert.deepEqual(left(), [])
})

test('a root that is for some hosts only is no hindrance', { skip: process.platform === 'win32' }, async () => {
  const here = hereWithPrograms({})
  await (await renewal()).replaceAuthority(here.authorityFolder, { only: ['example.com'] })
  const sound = { ...here, authority: hereWith().authority }
  const [node] = await sendPrograms(sound, new AbortController().signal)
  assert.deepEqual([node!.what, node!.level], ['node', 'ok'], node!.says)
})
