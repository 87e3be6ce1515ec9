import assert from 'node:assert/strict'
import { chmodSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { Command } from 'commander'
import { openAuthority } from '../../../ca/index.ts'
import { type DoctorFlags, doctorOptions } from '../../../src/cli/doctor/flags.ts'
import { readConfig, surroundings } from '../../../src/cli/doctor/surroundings.ts'
import { addOptions, proxyOptions, screenOptions } from '../../../src/cli/options.ts'
import { ownFolder } from '../recorded-run.ts'

const none = { path: '/c', there: false }
const flagsIn = (caDir: string): DoctorFlags => ({
  caDir,
  listen: { host: '127.0.0.1', port: 1 },
  quick: undefined,
  json: undefined,
  config: undefined,
})

test('a root is looked at and never made', async () => {
  const folder = ownFolder()
  const { authority, stores } = await surroundings(flagsIn(join(folder, 'ca')), none)
  assert.deepEqual([authority, stores, readdirSync(folder)], [{ state: 'none' }, [], []])
})

test('a sound root is told with its dates, and no store that there is trusts it', async () => {
  const folder = join(ownFolder(), 'ca')
  const { certificatePem, fingerprint256 } = await openAuthority(folder)
  const { authority, stores } = await surroundings(flagsIn(folder), none)
  assert.ok(authority.state === 'sound')
  assert.deepEqual([authority.certificatePem, authority.fingerprint256], [certificatePem, fingerprint256])
  assert.ok(authority.notBefore < Date.now() && authority.notAfter > Date.now())
  assert.ok(stores.every(({ kind, standing }) => kind !== 'android' && standing !== 'trusted'))
  if (process.platform === 'linux') assert.ok(stores.some(({ kind }) => kind === 'system'))
})

test('a root whose key others may read is refused, with what mends it', async () => {
  const folder = join(ownFolder(), 'ca')
  await openAuthority(folder)
  chmodSync(join(folder, 'keys', 'ca.private.key'), 0o644)
  const { authority } = await surroundings(flagsIn(folder), none)
  assert.ok(authority.state === 'refused')
  assert.match(authority.remedy, /chmod/)
  assert.ok(!authority.message.includes(authority.remedy))
})

/** The doctor's command below that of the proxy, as the program has them. */
async function configOf(text: string, ...args: readonly string[]) {
  const path = join(ownFolder(), 'config.json')
  writeFileSync(path, text)
  const program = addOptions(new Command().enablePositionalOptions(), { ...proxyOptions, ...screenOptions })
  const command = addOptions(program.command('doctor'), doctorOptions).action(() => {})
  program.parse(['doctor', '--config', path, ...args], { from: 'user' })
  return { path, config: await readConfig(command), flags: command.opts() as DoctorFlags }
}

test('the config file says where to look, and the command line wins', async () => {
  const text = JSON.stringify({ options: { listen: '127.0.0.1:9090', 'ca-dir': '/elsewhere', insecure: true } })
  const { path, config, flags } = await configOf(text, '--ca-dir', '/typed')
  assert.deepEqual(config, { path, there: true })
  assert.deepEqual([flags.listen.port, flags.caDir], [9090, '/typed'])
})

test('a config file with a fault, also in what the doctor does not take, is a complaint', async () => {
  for (const [text, complaint] of [
    ['{', /config\.json: not JSON/],
    ['{"options":{"min-tls":"7"}}', /options\.min-tls/],
    ['{"keys":{"list":{"x":"no-such"}}}', /no such command/],
  ] as const)
    assert.match((await configOf(text)).config.complaint ?? '', complaint, text)
})
