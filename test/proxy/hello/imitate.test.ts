import assert from 'node:assert/strict'
import { duplexPair } from 'node:stream'
import { test } from 'node:test'
import tls from 'node:tls'
import { Mirror } from '../../../src/proxy/hello/mirror.ts'
import { seeHello } from '../../../src/proxy/hello/seen-hello.ts'
import type { TlsVersion } from '../../../src/proxy/hello/versions.ts'
import { readClientHello } from '../../../src/wire/tls/messages/client-hello.ts'
import type { ClientHello } from '../../../src/wire/tls/values.ts'
import { helloMessage, list16, u16, usualExtensions, versionsBody } from '../hello-bytes.ts'
import { once } from '../socket-pair.ts'

/** The hello that is sent for a hello. */
async function sentFor(hello: Buffer, minVersion?: TlsVersion): Promise<ClientHello> {
  const { secureContext } = new Mirror(true, minVersion).contextFor(seeHello(hello))
  const [ours, theirs] = duplexPair()
  const socket = tls.connect({ socket: ours, secureContext }).on('error', () => {})
  const sent = (await once(theirs, 'data')) as Buffer
  socket.destroy()
  return readClientHello(sent.subarray(5))
}

/** The versions that a mirrored hello offers. */
const offered = async (hello: Buffer, minVersion?: TlsVersion): Promise<readonly number[] | undefined> =>
  (await sentFor(hello, minVersion)).supportedVersions

const only13 = usualExtensions.map(([type, body]) => [type, type === 43 ? versionsBody(0x0304) : body] as const)
const oldBaggage = [...only13, [23, Buffer.alloc(0)], [0xff01, Buffer.from([0])]] as const
const signal = [0x1301, 0x1302, 0xc02b, 0x00ff]

for (const [title, hello] of [
  ['', helloMessage({ extensions: only13 })],
  [' and sends the signal of RFC 5746', helloMessage({ extensions: only13, suites: signal })],
  [' and extensions of older versions', helloMessage({ extensions: oldBaggage })],
] as const)
  test(`a client that offers TLS 1.3 alone${title} is not made to offer more`, async () => {
    assert.deepEqual(await offered(hello), [0x0304])
  })

test('no version below the oldest that is let in is offered', async () => {
  assert.deepEqual(await offered(helloMessage({ suites: signal }), 'TLSv1.3'), [0x0304])
  assert.deepEqual(await offered(helloMessage(), 'TLSv1.3'), [0x0304])
  assert.deepEqual(await offered(helloMessage({ suites: signal })), [0x0304, 0x0303])
})

const with51 = (...groups: readonly number[]): Buffer => {
  const shares = groups.map(group => Buffer.concat([u16(group, 32), Buffer.alloc(32)]))
  const list = Buffer.concat(shares)
  const body = Buffer.concat([u16(list.length), list])
  return helloMessage({
    extensions: usualExtensions.map(([type, data]) =>
      type === 10 ? [10, list16(29, 23, 24, 0x11ec)] : type === 51 ? [51, body] : [type, data],
    ),
  })
}

for (const groups of [[29], [29, 23], [23], [24, 0x11ec]])
  test(`of the groups ${groups} that the client sent key shares of, each goes upstream, and no other`, async () => {
    const { keyShares, supportedGroups } = await sentFor(with51(...groups))
    assert.deepEqual(new Set(keyShares?.map(({ group }) => group)), new Set(groups))
    assert.deepEqual(supportedGroups, [29, 23, 24, 0x11ec])
  })

test('hellos with shares of other groups do not share a context', () => {
  const mirror = new Mirror(true)
  assert.notEqual(mirror.contextFor(seeHello(with51(29))), mirror.contextFor(seeHello(with51(23))))
})

test('a hello without extensions, of suites of old, is mirrored: no newer version, no other suite', async () => {
  for (const suites of [
    [0x002f, 0x0035],
    [0x009e, 0x0033],
    [0xc0a0, 0xc02f],
  ]) {
    const sent = await sentFor(helloMessage({ suites, extensions: [] }))
    assert.deepEqual(
      sent.cipherSuites.filter(suite => suite !== 0xff),
      suites,
    ) // OpenSSL’s own signal of RFC 5746
    assert.equal(sent.supportedVersions, undefined)
    assert.equal(sent.legacyVersion, 0x0303)
    const types = sent.extensions.map(({ type }) => type)
    for (const absent of [22, 23, 35]) assert.ok(!types.includes(absent), `extension ${absent}`)
  }
})

test('suites, groups and signature schemes are the client’s in its order, without what OpenSSL has not', async () => {
  const lists = [
    [10, list16(0x0a0a, 24, 29, 0x6399, 23)],
    [13, list16(0x0804, 0x1a1a, 0x0403, 0x0809, 0x0905)],
    [43, versionsBody(0x0304, 0x0303)],
  ] as const
  const sent = await sentFor(
    helloMessage({ suites: [0x0a0a, 0x1303, 0x1301, 0xc030, 0x0005, 0xc02b], extensions: lists }),
  )
  assert.deepEqual(sent.cipherSuites, [0x1303, 0x1301, 0xc030, 0xc02b])
  assert.deepEqual(sent.supportedGroups, [24, 29, 23])
  assert.deepEqual(sent.signatureAlgorithms, [0x0804, 0x0403, 0x0809, 0x0905])
})

test('encrypt_then_mac, extended_master_secret and session_ticket are sent where the client sends them', async () => {
  const switched = [22, 23, 35]
  const typesFor = async (...types: number[]) => {
    const extensions = [...usualExtensions, ...types.map(type => [type, Buffer.alloc(0)] as const)]
    const sent = await sentFor(helloMessage({ extensions }))
    return sent.extensions
      .map(({ type }) => type)
      .filter(type => switched.includes(type))
      .sort()
  }
  for (const type of switched) assert.deepEqual(await typesFor(type), [type])
  assert.deepEqual(await typesFor(), [])
})

test('what security level 2 has not is offered for the client that offers it, and said', async () => {
  const [weak, sha1] = [
    helloMessage({ suites: [0xc0ae, 0xc02b] }),
    helloMessage({ extensions: usualExtensions.map(([type, body]) => [type, type === 13 ? list16(0x0201) : body]) }),
  ]
  assert.deepEqual((await sentFor(weak)).cipherSuites, [0xc0ae, 0xc02b])
  assert.deepEqual((await sentFor(sha1)).signatureAlgorithms, [0x0201])
  const relaxed = [weak, sha1, helloMessage()].map(hello => new Mirror(true).contextFor(seeHello(hello)).relaxed)
  assert.deepEqual(relaxed, [true, true, false])
})

test('of a hello without a suite that OpenSSL has, no context is made', () => {
  const { gaps } = new Mirror(true).contextFor(seeHello(helloMessage({ suites: [0x0005] })))
  assert.equal(gaps, undefined)
})
