import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { Command } from 'commander'
import { applyConfig, configPath } from '../../src/cli/config-file.ts'
import { addOptions, besideProxy, type ProxyFlags, proxyOptions } from '../../src/cli/options.ts'
import { keymap } from '../../src/tui/commands.ts'

async function apply(t: TestContext, config: unknown, ...args: string[]): Promise<ProxyFlags> {
  const folder = mkdtempSync(join(tmpdir(), 'parley-config-'))
  t.after(() => rmSync(folder, { recursive: true }))
  const path = join(folder, 'config.json')
  writeFileSync(path, typeof config === 'string' ? config : JSON.stringify(config))
  const command = addOptions(new Command().exitOverride(), proxyOptions)
  command.parse(['--config', path, ...args], { from: 'user' })
  await applyConfig(command)
  return command.opts()
}

test('options are set by their long names, and the command line wins', async t => {
  const config = {
    options: { listen: '127.0.0.1:9090', insecure: true, mirror: false, 'pass-through': ['a.example', 'b'] },
  }
  const flags = await apply(t, config)
  assert.deepEqual(flags.listen, { host: '127.0.0.1', port: 9090 })
  assert.deepEqual([flags.insecure, flags.mirror, flags.passThrough], [true, false, ['a.example', 'b']])
  assert.deepEqual((await apply(t, config, '--listen', '1')).listen, { host: '127.0.0.1', port: 1 })
})

test('trace and demo, which run beside the proxy, do not take its address', async t => {
  const folder = mkdtempSync(join(tmpdir(), 'parley-config-'))
  t.after(() => rmSync(folder, { recursive: true }))
  const path = join(folder, 'config.json')
  writeFileSync(path, JSON.stringify({ options: { listen: '127.0.0.1:9090', insecure: true } }))
  const command = addOptions(new Command().exitOverride(), besideProxy)
  command.parse(['--config', path], { from: 'user' })
  await applyConfig(command)
  const { listen, insecure } = command.opts<ProxyFlags>()
  assert.deepEqual([listen.port, insecure], [0, true])
})

test('a key gets another command, which the help then shows first', async t => {
  t.after(() => keymap.bind([{ key: 'ctrl-n', context: 'list', command: 'down' }]))
  await apply(t, { keys: { list: { 'ctrl-n': 'down', w: 'host-tree' } } })
  assert.equal(keymap.commandFor('ctrl-n', 'list'), 'down')
  assert.deepEqual([keymap.commandFor('w', 'list'), keymap.keysOf('host-tree', 'list')[0]], ['host-tree', 'w'])
})

test('what is wrong is named with its place and what there is', async t => {
  const wrong: readonly (readonly [unknown, RegExp])[] = [
    ['{', /config\.json: not JSON/],
    [[], /the file must be an object/],
    [{ option: {} }, /unknown key "option"; the file takes "options" and "keys"/],
    [{ options: { lisen: '1' } }, /options\.lisen: no such option; the options are .*listen/],
    [{ options: { listen: 'x' } }, /options\.listen: .*HOST:PORT/],
    [{ options: { insecure: 'yes' } }, /options\.insecure must be true or false/],
    [{ keys: { lst: {} } }, /keys\.lst: no such screen; the screens are list, flow/],
    [{ keys: { list: { a: 'fly' } } }, /keys\.list\.a: no such command: "fly"; the commands are .*down/],
  ]
  for (const [config, message] of wrong) await assert.rejects(apply(t, config), { message, exitCode: 2 })
})

test('the file is optional unless it is asked for', async () => {
  const command = addOptions(new Command(), proxyOptions)
  command.parse(['--config', '/nowhere.json'], { from: 'user' })
  await assert.rejects(applyConfig(command), /\/nowhere\.json cannot be read \(ENOENT\)/)
  await applyConfig(addOptions(new Command(), proxyOptions), { XDG_CONFIG_HOME: '/nowhere' })
  assert.equal(configPath({ XDG_CONFIG_HOME: '/c' }, 'linux'), '/c/parley/config.json')
  assert.equal(configPath({ APPDATA: '/a' }, 'win32'), '/a/parley/config.json')
})
