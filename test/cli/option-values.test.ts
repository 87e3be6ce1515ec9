import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { InvalidArgumentError } from 'commander'
import fc from 'fast-check'
import {
  minTlsFor,
  readCollector,
  readCount,
  readDays,
  readDuration,
  readFlows,
  readListen,
  readOnly,
  readPatience,
  readProfileName,
  readReverse,
  readSize,
  showListen,
  showServer,
  showVersion,
} from '../../src/cli/option-values.ts'
import { proxyOptions, screenOptions } from '../../src/cli/options.ts'
import { makeTestAuthority } from '../../src/peers/certificates.ts'
import { flagsFrom } from './flags-from.ts'
import { ownFolder } from './recorded-run.ts'

const folder = ownFolder()
const flagsOf = flagsFrom(proxyOptions)
const screenFlagsOf = flagsFrom(screenOptions)

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

test('--resolve gathers names in lower case; the address may be IPv6', () => {
  const { resolve } = flagsOf('--resolve', 'A.example:127.0.0.1', '--resolve', 'b.example:::1')
  assert.deepEqual(
    [...resolve],
    [
      ['a.example', '127.0.0.1'],
      ['b.example', '::1'],
    ],
  )
  for (const text of ['a.example', 'a.example:', ':127.0.0.1'])
    assert.throws(() => flagsOf('--resolve', text), /HOST:ADDRESS/)
})

test('--upstream-ca reads the file, and names the one that it cannot read', () => {
  const path = join(folder, 'root.pem')
  const pem = '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n'
  writeFileSync(path, pem)
  assert.deepEqual(flagsOf('--upstream-ca', path).upstreamCa, [pem])
  assert.throws(() => flagsOf('--upstream-ca', '/no/such.pem'), /\/no\/such\.pem.*ENOENT/)
})

test('--min-tls takes versions that there are', () => {
  assert.deepEqual(
    ['1.0', '1.1', '1.2', '1.3'].map(text => flagsOf('--min-tls', text).minTls.all),
    ['TLSv1', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3'],
  )
  assert.equal(showVersion('TLSv1.2'), '1.2')
  for (const text of ['1', 'TLSv1.2', '1.4', 'constructor'])
    assert.throws(() => flagsOf('--min-tls', text), /1\.0, 1\.1/)
})

test('--min-tls takes versions of hosts beside that of all', () => {
  const { minTls } = flagsOf('--min-tls', 'old.example=1.0', '--min-tls', '1.3', '--min-tls', '*.example=1.1')
  assert.deepEqual(minTls, {
    all: 'TLSv1.3',
    of: [
      { host: 'old.example', version: 'TLSv1' },
      { host: '*.example', version: 'TLSv1.1' },
    ],
  })
  assert.deepEqual(
    ['old.example', 'a.example', 'a.test'].map(host => minTlsFor(host, minTls)),
    ['TLSv1', 'TLSv1.1', 'TLSv1.3'],
  )
  for (const text of ['a:443=1.2', '=1.2', 'a.example=', 'a.example=1.4'])
    assert.throws(() => flagsOf('--min-tls', text), /1\.[01]|HOST=VERSION/)
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
  for (const host of ['', 'a.test:0', 'https://a.test', 'a*b', '10.0.0.0/33'])
    assert.throws(() => flagsOf('--pass-through', host), /HOST, \*\.DOMAIN, ADDRESS/)
  assert.deepEqual(flagsOf('--pass-through', '*.a.test', '--pass-through', '::1').passThrough, ['*.a.test', '::1'])
  assert.deepEqual([...flagsOf('--resolve', 'a.test:[::1]').resolve], [['a.test', '::1']])
})

function protoFile(t: TestContext, text: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'parley-proto-'))
  t.after(() => rmSync(folder, { recursive: true }))
  const path = join(folder, 'a.proto')
  writeFileSync(path, text)
  return path
}

test('the names of several proto files come together', t => {
  const one = protoFile(t, 'syntax = "proto3"; package a; message One { string name = 1; }')
  const two = protoFile(t, 'syntax = "proto3"; package b; message Two { string name = 1; }')
  assert.deepEqual([...screenFlagsOf('--proto', one, '--proto', two).proto.messages.keys()], ['a.One', 'b.Two'])
})

test('a file that is not there or cannot be understood is named', t => {
  assert.throws(() => screenFlagsOf('--proto', '/nowhere.proto'), /\/nowhere\.proto cannot be read \(ENOENT\)/)
  assert.throws(() => screenFlagsOf('--proto', protoFile(t, 'message {')), /a\.proto: /)
})

test('a theme is one of three', () => {
  assert.equal(screenFlagsOf('--theme', 'light').theme, 'light')
  assert.throws(() => screenFlagsOf('--theme', 'pink'), /dark, light or none/)
})

test('the name of a profile names one folder', () => {
  assert.equal(readProfileName('work.2-a_b'), 'work.2-a_b')
  for (const name of ['', '.', '..', 'a/b', 'a\\b', '-x', 'x'.repeat(65)])
    assert.throws(() => readProfileName(name), /give a name of letters, digits, dots, - and _\./, name)
})

test('--mitm-script gathers whole paths of files that there are', () => {
  const { mitmScript } = flagsOf('--mitm-script', 'package.json', '--mitm-script', '/dev/null')
  assert.deepEqual(mitmScript, [join(process.cwd(), 'package.json'), '/dev/null'])
  assert.throws(() => flagsOf('--mitm-script', '/nowhere/a.mjs'), /\/nowhere\/a\.mjs cannot be read \(ENOENT\)/)
})

test('--reverse takes a URL, and before it where to listen', () => {
  const read = (text: string) => {
    const [{ listen, server }] = readReverse(text, []) as [ReturnType<typeof readReverse>[0]]
    return `${listen.host}:${listen.port} ${showServer(server)}`
  }
  assert.equal(read('https://a.example'), '127.0.0.1:0 https://a.example:443')
  assert.equal(read('9000=HTTP://a.example:81/'), '127.0.0.1:9000 http://a.example:81')
  assert.equal(read('[::1]:9000=http://[::1]'), '::1:9000 http://[::1]:80')
  assert.equal(readReverse('https://b.example', readReverse('https://a.example', [])).length, 2)
  for (const wrong of [
    'a.example',
    'ftp://a.example',
    'https://a.example/path',
    'https://me@a.example',
    '9x=https://a.example',
    '=https://a',
  ])
    assert.throws(() => readReverse(wrong, []), InvalidArgumentError)
})

test('ca new takes domains without a star, addresses, and from one day to ten years', () => {
  assert.deepEqual(readOnly('::1', readOnly('example.com', undefined)), ['example.com', '::1'])
  for (const text of ['', '*.example.com', 'a/b', 'a:80']) assert.throws(() => readOnly(text, undefined), /give DOMAIN/)
  assert.deepEqual([readDays('1'), readDays('3650')], [1, 3650])
  for (const text of ['', '0', '-1', '1.5', '3651', 'x']) assert.throws(() => readDays(text), /from 1 to 3650/)
})

test('how many, and how long, with an end or without', () => {
  assert.deepEqual(['1', '10000'].map(readCount), [1, 10_000])
  for (const wrong of ['', '0', '-1', '1.5', '10001', 'x']) assert.throws(() => readCount(wrong), InvalidArgumentError)
  assert.deepEqual(['0', '1.5', '86400'].map(readPatience), [0, 1500, 86_400_000])
  for (const wrong of ['', '-1', '86401', 'x']) assert.throws(() => readPatience(wrong), InvalidArgumentError)
})

test('a time has a unit, or is seconds', () => {
  assert.deepEqual(['500ms', '10s', '1.5m', '1h', '2'].map(readDuration), [500, 10_000, 90_000, 3_600_000, 2000])
  for (const text of ['', '0', '-1s', '10 s', '1d', 'h', '169h', '1e3'])
    assert.throws(() => readDuration(text), /give a time/, text)
})

test('a number of flows is at least one', () => {
  assert.deepEqual(['1', '999999999'].map(readFlows), [1, 999_999_999])
  for (const text of ['0', '', '1.5', '-1', '1000000000']) assert.throws(() => readFlows(text), /number of flows/, text)
})

test('a collector is an http or https URL without a query', () => {
  assert.equal(readCollector('http://localhost:4318'), 'http://localhost:4318')
  for (const odd of ['localhost:4318', 'ftp://a', 'http://a/?b', 'nonsense'])
    assert.throws(() => readCollector(odd), /http or https URL/)
})
