import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isGrease } from '../../../src/compare/names.ts'
import { offerRows } from '../../../src/compare/rows/offer-rows.ts'
import type { MirrorGap } from '../../../src/model/connection.ts'
import type { ClientHello } from '../../../src/wire/tls/values.ts'
import { helloOf, makeConnection, makeHandshake, makeHello } from '../make.ts'

const rowsFor = (hello: Partial<ClientHello>, sent: Partial<ClientHello>, mirrorGaps?: readonly MirrorGap[]) =>
  offerRows({
    connection: makeConnection({ upstream: mirrorGaps ? { mirrorGaps } : {} }),
    client: makeHandshake([helloOf(makeHello(hello))]),
    upstream: makeHandshake([helloOf(makeHello(sent))]),
  })

const rowFor = (aspect: string, ...args: Parameters<typeof rowsFor>) =>
  rowsFor(...args).find(row => row.aspect === aspect)!

test('the same offer is the same in every list', () => {
  assert.deepEqual(
    rowsFor({}, {}, []).map(row => [row.aspect, row.mark]),
    [
      ['versions-offered', '='],
      ['cipher-suites-offered', '='],
      ['groups-offered', '='],
      ['signature-algorithms-offered', '='],
      ['extensions', '='],
    ],
  )
})

test('GREASE of another value is the same, GREASE in another place is not', () => {
  const [a, b] = [{ cipherSuites: [0x0a0a, 0x1301] }, { cipherSuites: [0x3a3a, 0x1301] }]
  assert.equal(rowFor('cipher-suites-offered', a, b, []).mark, '=')
  assert.equal(rowFor('cipher-suites-offered', a, { cipherSuites: [0x1301, 0x3a3a] }, []).mark, '≠')
})

test('a list that one hello lacks is none, and says what is missing', () => {
  const { supportedGroups: _, ...silent } = makeHello()
  const gaps = [{ kind: 'supportedGroup', id: 26, reason: 'not a known supported group' }]
  const [row] = offerRows({
    connection: makeConnection({ upstream: { mirrorGaps: gaps } }),
    client: makeHandshake([helloOf(makeHello({ supportedGroups: [26] }))]),
    upstream: makeHandshake([helloOf(silent)]),
  }).filter(({ aspect }) => aspect === 'groups-offered')
  assert.deepEqual([row?.client, row?.upstream, row?.mark], ['1 group', 'none', '~'])
  assert.equal(row?.why, 'Parley did not send brainpoolP256r1 (not a known supported group).')
})

test('a suite that could not be mirrored is marked so, with its reason', () => {
  const gaps = [{ kind: 'cipherSuite', id: 0x0005, reason: 'not available in this OpenSSL build' }]
  const row = rowFor('cipher-suites-offered', { cipherSuites: [0x1301, 0x0005] }, { cipherSuites: [0x1301] }, gaps)
  assert.equal(row.mark, '~')
  assert.match(row.why ?? '', /TLS_RSA_WITH_RC4_128_SHA \(not available in this OpenSSL build\)/)
})

test('what Parley added is no gap', () => {
  const row = rowFor('groups-offered', { supportedGroups: [29, 21] }, { supportedGroups: [29, 24] }, [
    { kind: 'supportedGroup', id: 21, reason: 'r' },
  ])
  assert.equal(row.mark, '≠')
})

test('a gap explains only what it names', () => {
  const gaps = [{ kind: 'cipherSuite', id: 0x0005, reason: 'r' }]
  const row = rowFor('cipher-suites-offered', { cipherSuites: [0x1301, 0x1302, 5] }, { cipherSuites: [0x1301] }, gaps)
  assert.equal(row.mark, '≠')
})

test('lists of the same length with other members differ', () => {
  const row = rowFor('groups-offered', { supportedGroups: [29, 23] }, { supportedGroups: [29, 24] }, [])
  assert.deepEqual([row.client, row.upstream, row.mark], ['2 groups', '2 groups', '≠'])
  assert.equal(row.why, 'Parley did not send secp256r1. Parley added secp384r1.')
})

test('another order is told as such', () => {
  assert.match(
    rowFor('groups-offered', { supportedGroups: [29, 23] }, { supportedGroups: [23, 29] }, []).why ?? '',
    /a different order/,
  )
})

test('an extension with other content is not mirrored although its number is there', () => {
  const gaps = [{ kind: 'extension', id: 10, reason: 'set by OpenSSL' }]
  const other = makeHello().extensions.map(each => (each.type === 10 ? { ...each, data: Uint8Array.of(1) } : each))
  const row = rowFor('extensions', {}, { extensions: other }, gaps)
  assert.equal(row.mark, '~')
  assert.match(row.why ?? '', /different content: supported_groups \(set by OpenSSL\)/)
  assert.equal(rowFor('extensions', {}, {}, gaps).mark, '=')
})

test('versions that --min-tls forbids are told as not offered', () => {
  const row = rowFor('versions-offered', { supportedVersions: [0x304, 0x303, 0x302] }, {}, [])
  assert.deepEqual([row.client, row.upstream, row.mark], ['TLS 1.3, TLS 1.2, TLS 1.1', 'TLS 1.3, TLS 1.2', '≠'])
  assert.equal(row.why, 'Parley did not send TLS 1.1. Versions below --min-tls are not offered.')
})

test('an own hello says that it is not a mirror', () => {
  const row = rowFor('cipher-suites-offered', {}, { cipherSuites: [0x1303] })
  assert.equal(row.mark, '≠')
  assert.match(row.why ?? '', /not mirrored/)
})

test('a hello of thousands of unknown suites is told in one short sentence', () => {
  const cipherSuites = Array.from({ length: 30_000 }, (_, i) => 0x1000 + i).filter(value => !isGrease(value))
  const gaps = cipherSuites.map(id => ({ kind: 'cipherSuite', id, reason: 'not a known cipher suite' }))
  const row = rowFor(
    'cipher-suites-offered',
    { cipherSuites },
    { cipherSuites: [0x1301] },
    gaps.filter(({ id }) => id !== 0x1301),
  )
  assert.equal(row.mark, '~')
  assert.ok((row.why ?? '').length < 600)
})

test('what Chromium sends and OpenSSL does not is told as not mirrorable, with the order', () => {
  const grease = rowFor('cipher-suites-offered', { cipherSuites: [0x1a1a, 0x1301] }, { cipherSuites: [0x1301] }, [])
  assert.equal(grease.mark, '~')
  assert.match(grease.why ?? '', /GREASE \(0x0a0a\) \(OpenSSL sends none in its lists\)/)
  const { extensions } = makeHello()
  const shuffled = rowFor('extensions', { extensions }, { extensions: extensions.toReversed() }, [])
  assert.deepEqual([shuffled.mark, shuffled.why], ['~', 'The same extensions in a different order, OpenSSL’s own.'])
  const suites = rowFor('cipher-suites-offered', { cipherSuites: [1, 2] }, { cipherSuites: [2, 1] }, [])
  assert.equal(suites.mark, '≠')
})
