import assert from 'node:assert/strict'
import { test } from 'node:test'
import { agreedRows } from '../../../src/compare/rows/agreed-rows.ts'
import type { Negotiated } from '../../../src/wire/tls/handshake.ts'
import type { ClientHello } from '../../../src/wire/tls/values.ts'
import { helloOf, makeConnection, makeHandshake, makeHello, modern } from '../make.ts'

const rowFor = (
  aspect: string,
  client: Partial<Negotiated>,
  upstream: Partial<Negotiated>,
  hello: Partial<ClientHello> = {},
  sent: Partial<ClientHello> = hello,
) =>
  agreedRows({
    connection: makeConnection(),
    client: makeHandshake([helloOf(makeHello(hello))], {}, { ...modern, ...client }),
    upstream: makeHandshake([helloOf(makeHello(sent))], {}, { ...modern, ...upstream }),
  }).find(row => row.aspect === aspect)

test('what both legs agreed is the same', () => {
  for (const aspect of ['version', 'cipher-suite', 'group', 'signature-algorithm', 'alpn', 'sni'])
    assert.equal(rowFor(aspect, {}, {})?.mark, '=', aspect)
})

test('a weaker version on either leg matters, and the leg is named', () => {
  const weakServer = rowFor('version', {}, { version: 0x0302 })
  assert.deepEqual([weakServer?.mark, weakServer?.client, weakServer?.upstream], ['!', 'TLS 1.3', 'TLS 1.1'])
  assert.match(
    weakServer?.why ?? '',
    /^The upstream leg is the weaker one: TLS 1\.1 is a version that RFC 8996 forbids/,
  )
  assert.match(rowFor('version', { version: 0x0303 }, {})?.why ?? '', /^The client leg is the weaker one/)
})

test('another suite of the same strength differs without mattering', () => {
  assert.equal(rowFor('cipher-suite', {}, { cipherSuite: 0x1302 })?.mark, '≠')
})

test('a suite without forward secrecy matters', () => {
  const row = rowFor('cipher-suite', {}, { cipherSuite: 0x009c })
  assert.equal(row?.mark, '!')
  assert.match(row?.why ?? '', /no forward secrecy/)
})

test('a post-quantum group on one leg alone matters', () => {
  assert.equal(rowFor('group', { group: 4588 }, { group: 29 })?.mark, '!')
  assert.equal(rowFor('group', { group: 23 }, { group: 29 })?.mark, '≠')
})

test('another signature algorithm is natural: the keys are different', () => {
  assert.equal(rowFor('signature-algorithm', {}, { signatureAlgorithm: 0x0804 })?.mark, '≠')
})

test('a protocol of its own on either leg matters, and is natural where the upstream leg failed', () => {
  assert.equal(rowFor('alpn', { alpn: 'http/1.1' }, { alpn: 'h2' })?.mark, '!')
  const problem = { code: 'tls/certificate-expired', blame: 'server', message: 'expired' } as const
  const failed = agreedRows({
    connection: makeConnection({ problems: [problem] }),
    client: makeHandshake([helloOf(makeHello())], {}, { ...modern, alpn: 'http/1.1' }),
    upstream: makeHandshake([helloOf(makeHello())], {}, modern),
  }).find(row => row.aspect === 'alpn')
  assert.equal(failed?.mark, '≠')
  assert.match(failed?.why ?? '', /Parley answers the client itself/)
})

test('another server name matters', () => {
  assert.equal(rowFor('sni', {}, {}, {}, { serverName: 'other.example' })?.mark, '!')
})

test('a leg without a handshake leaves its values out', () => {
  const rows = agreedRows({ connection: makeConnection(), client: makeHandshake([], {}, modern) })
  assert.deepEqual([...new Set(rows.map(row => row.upstream))], ['—'])
})

test('what Parley could not choose as the server did is marked so, with the reason', () => {
  const choiceGaps = [{ kind: 'signatureAlgorithm', id: 0x0807, reason: 'Parley’s P-256 key cannot sign so' }]
  const row = agreedRows({
    connection: makeConnection({ client: { choiceGaps } }),
    client: makeHandshake([helloOf(makeHello())], {}, { ...modern, signatureAlgorithm: 0x0403 }),
    upstream: makeHandshake([helloOf(makeHello())], {}, { ...modern, signatureAlgorithm: 0x0807 }),
  }).find(({ aspect }) => aspect === 'signature-algorithm')
  assert.equal(row?.mark, '~')
  assert.match(row?.why ?? '', /P-256 key cannot sign so/)
})
