import assert from 'node:assert/strict'
import { mkdirSync, readdirSync, utimesSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import { authorityFolder, proxyOptions } from '../../src/cli/options.ts'
import { runOptions } from '../../src/cli/run-options.ts'
import { flagsFrom } from './flags-from.ts'
import { ownFolder } from './recorded-run.ts'

const folder = ownFolder()
const flagsOf = flagsFrom(proxyOptions)
const optionsOf = (...argv: readonly string[]) => runOptions(flagsOf('--capture', join(folder, 'c'), ...argv))

test('without flags: loopback, verified, mirrored, answered, nothing passed through', () => {
  const { proxy, upstreamRoots, bodyLimit, ...rest } = optionsOf()
  assert.deepEqual(proxy.listen, { host: '127.0.0.1', port: 8080 })
  assert.deepEqual(
    [proxy.verifyUpstream, proxy.mirror, proxy.failAsServer, proxy.passThrough, proxy.hosts.size, upstreamRoots],
    [true, true, false, [], 0, []],
  )
  assert.equal(bodyLimit, 256 * 1024 * 1024)
  assert.deepEqual(rest.holds, { messages: 100, patience: 300_000 })
  assert.equal('keyLogPath' in rest || 'diskLimit' in rest, false)
  assert.equal(proxy.authorityFolder, authorityFolder())
})

test('each flag reaches the session', () => {
  const { proxy, ...rest } = optionsOf(
    ...['-l', '9999', '-k', '--no-mirror', '--fail-as-server', '--ca-dir', '/ca', '--keylog', '/keys'],
    ...['--pass-through', 'a.example', '--pass-through', '*.b.example', '--body-limit', '1k', '--disk-limit', '2m'],
    ...['--hold-limit', '5', '--hold-timeout', '0'],
  )
  assert.equal(proxy.listen.port, 9999)
  assert.deepEqual(
    [proxy.verifyUpstream, proxy.mirror, proxy.failAsServer, proxy.authorityFolder],
    [false, false, true, '/ca'],
  )
  assert.deepEqual(proxy.passThrough, ['a.example', '*.b.example'])
  assert.deepEqual(rest.holds, { messages: 5, patience: 0 })
  assert.deepEqual([rest.keyLogPath, rest.bodyLimit, rest.diskLimit], ['/keys', 1024, 2 * 1024 ** 2])
})

test('without --capture there is a new one in the data folder, and the old ones go', t => {
  const before = process.env.XDG_DATA_HOME
  t.after(() => {
    if (before === undefined) delete process.env.XDG_DATA_HOME
    else process.env.XDG_DATA_HOME = before
  })
  process.env.XDG_DATA_HOME = folder
  const captures = join(folder, 'parley', 'captures')
  mkdirSync(captures, { recursive: true })
  const old = Array.from({ length: 25 }, (_, day) => `2020-01-${String(day + 1).padStart(2, '0')}T00-00-00.parley`)
  for (const [day, name] of old.entries()) {
    writeFileSync(join(captures, name), '')
    utimesSync(join(captures, name), day, day)
  }
  const { capturePath } = runOptions(flagsOf())
  assert.equal(dirname(capturePath), captures)
  const left = readdirSync(captures)
  assert.ok(left.length <= 20 && left.includes(old.at(-1)!) && !left.includes(old[0]!), String(left))
})

test('--timeout is seconds, for the dial and for the handshake, up to an hour', () => {
  const { timeouts } = optionsOf('--timeout', '2.5').proxy
  assert.deepEqual([timeouts.dial, timeouts.handshake], [2500, 2500])
  assert.equal(flagsOf('--timeout', '3600').timeout, 3_600_000)
  for (const text of ['0', '-1', '3601', 'x', 'NaN', 'Infinity'])
    assert.throws(() => flagsOf('--timeout', text), /at most 3600/, text)
})

test('--insecure-host gathers hosts, and verification stays on for the others', () => {
  const { proxy } = optionsOf('--insecure-host', 'a.example', '--insecure-host', '*.b.example')
  assert.deepEqual([proxy.insecureHosts, proxy.verifyUpstream], [['a.example', '*.b.example'], true])
})
