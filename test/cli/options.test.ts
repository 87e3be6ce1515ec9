import assert from 'node:assert/strict'
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import { Command, InvalidArgumentError } from 'commander'
import fc from 'fast-check'
import {
  authorityFolder,
  type ProxyFlags,
  readListen,
  readSize,
  runOptions,
  showListen,
  withProxyOptions,
} from '../../src/cli/options.ts'
import { makeTestAuthority } from '../../src/peers/certificates.ts'
import { ownFolder } from './recorded-run.ts'

const folder = ownFolder()

/** The flags of a command line, as commander reads them; throws what it would print. */
function flagsOf(...argv: readonly string[]): ProxyFlags {
  const command = withProxyOptions(new Command().exitOverride().configureOutput({ writeErr: () => {} }))
  return command.parse([...argv], { from: 'user' }).opts<ProxyFlags>()
}
const optionsOf = (...argv: readonly string[]) => runOptions(flagsOf('--capture', join(folder, 'c'), ...argv))

const listens: Readonly<Record<string, readonly [string, number]>> = {
  '8888': ['127.0.0.1', 8888],
  '0': ['127.0.0.1', 0],
  '0.0.0.0:80': ['0.0.0.0', 80],
  'localhost:65535': ['localhost', 65_535],
  '[::1]:8080': ['::1', 8080],
  '[::]:0': ['::', 0],
}
for (const [text, [host, port]] of Object.entries(listens)) {
  test(`--listen ${text} is ${host} and ${port}`, () => {
    assert.deepEqual(readListen(text), { host, port })
  })
}

test('--listen refuses what is no address with a port', () => {
  for (const text of ['', 'a', ':80', '::1:80', '[::1]', '127.0.0.1:', '65536', 'a:b', '1.2.3.4:80x', '[a.b]:1', ' 80'])
    assert.throws(() => readListen(text), InvalidArgumentError, JSON.stringify(text))
})

test('an address that is shown reads back as itself', () => {
  const host = fc.oneof(
    fc.ipV4(),
    fc.ipV6().filter(ip => /^[0-9a-f:]+$/i.test(ip)),
    fc.domain(),
  )
  fc.assert(
    fc.property(host, fc.nat(65_535), (host, port) => {
      assert.deepEqual(readListen(showListen({ host, port })), { host, port })
    }),
  )
})

test('sizes are bytes, or a number with k, m or g of 1024', () => {
  const sizes = { '0': 0, '10': 10, '1k': 1024, '2K': 2048, '3kb': 3072, '256m': 256 * 1024 ** 2, '1G': 1024 ** 3 }
  for (const [text, bytes] of Object.entries(sizes)) assert.equal(readSize(text), bytes, text)
  for (const text of ['', 'k', '-1', '1.5m', '1t', '1 m', '0x10', 'b'])
    assert.throws(() => readSize(text), InvalidArgumentError, JSON.stringify(text))
})

test('without flags: loopback, verified, mirrored, answered, nothing passed through', () => {
  const { proxy, upstreamRoots, bodyLimit, ...rest } = optionsOf()
  assert.deepEqual(proxy.listen, { host: '127.0.0.1', port: 8080 })
  assert.deepEqual(
    [proxy.verifyUpstream, proxy.mirror, proxy.failAsServer, proxy.passThrough, proxy.hosts.size, upstreamRoots],
    [true, true, false, [], 0, []],
  )
  assert.equal(bodyLimit, 256 * 1024 * 1024)
  assert.equal('keyLogPath' in rest || 'diskLimit' in rest, false)
  assert.equal(proxy.authorityFolder, authorityFolder())
})

test('each flag reaches the session', () => {
  const { proxy, ...rest } = optionsOf(
    ...['-l', '9999', '-k', '--no-mirror', '--fail-as-server', '--ca-dir', '/ca', '--keylog', '/keys'],
    ...['--pass-through', 'a.example', '--pass-through', '*.b.example', '--body-limit', '1k', '--disk-limit', '2m'],
  )
  assert.equal(proxy.listen.port, 9999)
  assert.deepEqual(
    [proxy.verifyUpstream, proxy.mirror, proxy.failAsServer, proxy.authorityFolder],
    [false, false, true, '/ca'],
  )
  assert.deepEqual(proxy.passThrough, ['a.example', '*.b.example'])
  assert.deepEqual([rest.keyLogPath, rest.bodyLimit, rest.diskLimit], ['/keys', 1024, 2 * 1024 ** 2])
})

test('without --capture there is a new one in the data folder, and the oldest past 20 go', t => {
  const before = process.env.XDG_DATA_HOME
  t.after(() => {
    if (before === undefined) delete process.env.XDG_DATA_HOME
    else process.env.XDG_DATA_HOME = before
  })
  process.env.XDG_DATA_HOME = folder
  const captures = join(folder, 'parley', 'captures')
  mkdirSync(captures, { recursive: true })
  const old = Array.from({ length: 25 }, (_, day) => `2020-01-${String(day + 1).padStart(2, '0')}T00-00-00.parley`)
  for (const name of old) writeFileSync(join(captures, name), '')
  const { capturePath } = runOptions(flagsOf())
  assert.equal(dirname(capturePath), captures)
  const left = readdirSync(captures)
  assert.ok(left.length <= 20 && left.includes(old.at(-1)!) && !left.includes(old[0]!), String(left))
})

test('--resolve gathers names in lower case; the address may be IPv6', () => {
  const { proxy } = optionsOf('--resolve', 'A.example:127.0.0.1', '--resolve', 'b.example:::1')
  assert.deepEqual(
    [...proxy.hosts],
    [
      ['a.example', '127.0.0.1'],
      ['b.example', '::1'],
    ],
  )
  for (const text of ['a.example', 'a.example:', ':127.0.0.1'])
    assert.throws(() => flagsOf('--resolve', text), /HOST:ADDRESS/)
})

test('two command lines do not share what one of them gathers', () => {
  flagsOf('--resolve', 'a.example:127.0.0.1', '--pass-through', 'a.example')
  assert.deepEqual([flagsOf().resolve.size, flagsOf().passThrough], [0, []])
})

test('--upstream-ca reads the file, and names the one that it cannot read', () => {
  const path = join(folder, 'root.pem')
  const pem = '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n'
  writeFileSync(path, pem)
  assert.deepEqual(optionsOf('--upstream-ca', path).upstreamRoots, [pem])
  assert.throws(() => flagsOf('--upstream-ca', '/no/such.pem'), /\/no\/such\.pem.*ENOENT/)
})

test('--min-tls takes versions that there are', () => {
  assert.deepEqual(
    ['1.0', '1.1', '1.2', '1.3'].map(text => flagsOf('--min-tls', text).minTls),
    ['TLSv1', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3'],
  )
  for (const text of ['1', 'TLSv1.2', '1.4', 'constructor'])
    assert.throws(() => flagsOf('--min-tls', text), /1\.0, 1\.1/)
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

test('--client-cert takes a certificate with its key, and refuses another key', async () => {
  const [one, other] = await Promise.all([makeTestAuthority(), makeTestAuthority()])
  const identity = one.issue({ host: 'me', use: 'client' })
  const [cert, key, both, foreign] = ['cert', 'key', 'both', 'foreign'].map(name => join(folder, name))
  writeFileSync(cert!, identity.cert)
  writeFileSync(key!, identity.key)
  writeFileSync(both!, identity.key + identity.cert)
  writeFileSync(foreign!, other.issue({ host: 'me' }).key)
  assert.deepEqual(flagsOf('--client-cert', `A.example=${cert},${key}`).clientCert[0], {
    host: 'a.example',
    ...identity,
  })
  assert.equal(flagsOf('--client-cert', `*.example=${both}`).clientCert[0]!.host, '*.example')
  assert.throws(() => flagsOf('--client-cert', `a=${cert},${foreign}`), /mismatch/)
  assert.throws(() => flagsOf('--client-cert', `a=${cert}`), /no private key in PEM/)
  assert.throws(() => flagsOf('--client-cert', 'a=/no/such'), /ENOENT/)
  assert.throws(() => flagsOf('--client-cert', '/no/such'), /HOST=FILE/)
})

test('a value that would never fit is refused when it is given', () => {
  const text = join(folder, 'text')
  writeFileSync(text, 'no certificate')
  assert.throws(() => flagsOf('--upstream-ca', text), /holds no certificate in PEM/)
  assert.throws(() => flagsOf('--resolve', 'a.test:b.test'), /HOST:ADDRESS/)
  for (const host of ['', 'a.test:443', 'https://a.test', '*'])
    assert.throws(() => flagsOf('--pass-through', host), /HOST or \*\.DOMAIN/)
  assert.deepEqual(flagsOf('--pass-through', '*.a.test', '--pass-through', '::1').passThrough, ['*.a.test', '::1'])
  assert.deepEqual([...flagsOf('--resolve', 'a.test:[::1]').resolve], [['a.test', '::1']])
})
