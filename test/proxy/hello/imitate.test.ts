import assert from 'node:assert/strict'
import { duplexPair } from 'node:stream'
import { test } from 'node:test'
import tls from 'node:tls'
import { isSupported } from 'tls-impersonate'
import { Mirror } from '../../../src/proxy/hello/mirror.ts'
import { seeHello } from '../../../src/proxy/hello/seen-hello.ts'
import type { TlsVersion } from '../../../src/proxy/hello/versions.ts'
import { readClientHello } from '../../../src/wire/tls/messages/client-hello.ts'
import type { ClientHello } from '../../../src/wire/tls/values.ts'
import { helloMessage, list16, u16, usualExtensions, versionsBody } from '../hello-bytes.ts'
import { once } from '../socket-pair.ts'

const supported = { skip: isSupported() ? false : 'tls-impersonate does not support this Node' }

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
  test(`a client that offers TLS 1.3 alone${title} is not made to offer more`, supported, async () => {
    assert.deepEqual(await offered(hello), [0x0304])
  })

test('no version below the oldest that is let in is offered', supported, async () => {
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
  test(
    `of the groups ${groups} that the client sent key shares of, each goes upstream, and no other`,
    supported,
    async () => {
      const { keyShares, supportedGroups } = await sentFor(with51(...groups))
      assert.deepEqual(new Set(keyShares?.map(({ group }) => group)), new Set(groups))
      assert.deepEqual(supportedGroups, [29, 23, 24, 0x11ec])
    },
  )

test('hellos with shares of other groups do not share a context', supported, () => {
  const mirror = new Mirror(true)
  assert.notEqual(mirror.contextFor(seeHello(with51(29))), mirror.contextFor(seeHello(with51(23))))
})

test(
  'a hello without extensions, of suites of old, is mirrored: no newer version, no other suite',
  supported,
  async () => {
    for (const suites of [
      [0x002f, 0x0035],
      [0x009e, 0x0033, 0x00ff],
      [0xc0a0, 0xc02f],
    ]) {
      const sent = await sentFor(helloMessage({ suites, extensions: [] }))
      assert.deepEqual(new Set(sent.cipherSuites), new Set([...suites, ...sent.cipherSuites.filter(s => s === 0xff)]))
      assert.equal(sent.supportedVersions, undefined)
      assert.equal(sent.legacyVersion, 0x0303)
      const types = sent.extensions.map(({ type }) => type)
      for (const absent of [22, 23, 35]) assert.ok(!types.includes(absent), `extension ${absent}`)
      assert.deepEqual(sent.signatureAlgorithms, [0x0201, 0x0203])
    }
  },
)

test(
  'contents that ask nothing of OpenSSL go upstream as they came, protocols of ALPS at the same length',
  supported,
  async () => {
    const alps = Buffer.from('0003026832', 'hex')
    const raw = [
      [17, Buffer.from('000702000400000000', 'hex')],
      [50, list16(0x0403, 0x0401)],
      [0xca34, Buffer.from('0000', 'hex')],
    ] as const
    const { extensions } = await sentFor(helloMessage({ extensions: [...usualExtensions, ...raw, [17513, alps]] }))
    const dataOf = (wanted: number): string | undefined => {
      const found = extensions.find(({ type }) => type === wanted)
      return found && Buffer.from(found.data).toString('hex')
    }
    for (const [type, data] of raw) assert.equal(dataOf(type), data.toString('hex'), String(type))
    assert.equal(dataOf(17513), '0003027878')
  },
)
