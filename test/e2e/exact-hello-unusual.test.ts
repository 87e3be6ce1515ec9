/** Hellos that few clients send, said byte by byte: the server gets them as they are, or Parley says that it did not. */
import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import type { TestContext } from 'node:test'
import { isDeepStrictEqual } from 'node:util'
import type { ConnectionJson } from '../../src/view/json/connection-json.ts'
import { alertOf, choiceOf, extensionsOf, hellosOf, masked, wasRetried } from './support/hello-bytes.ts'
import { makeIdentities } from './support/identities.ts'
import { inParallel } from './support/in-parallel.ts'
import { startNginx } from './support/nginx.ts'
import { startParley } from './support/parley.ts'
import { e2e } from './support/programs.ts'
import * as raw from './support/raw-hello.ts'
import { type Watched, watchProxy, watchServer } from './support/watched.ts'

const host = 'origin.test'
const { usual, inRecords, rawHello } = raw
const named = raw.named(host)
const without = (...types: readonly number[]) => usual(host).filter(([type]) => !types.includes(type))
const with_ = (...more: readonly raw.RawExtension[]) => [...usual(host), ...more]
const only = (extensions: readonly raw.RawExtension[] | undefined, more: raw.RawHello = {}): Buffer[] =>
  inRecords(rawHello({ ...more, extensions }))
const old = [0xc02f, 0xc013, 0x009c, 0x002f, 0x000a]
const tls12 = [named, raw.groups(29, 23), raw.signatures]
const padding = (length: number): raw.RawExtension => [21, Buffer.alloc(length)]
const cut = (bytes: Buffer, every: number): Buffer[] =>
  Array.from({ length: Math.ceil(bytes.length / every) }, (_, index) =>
    bytes.subarray(index * every, (index + 1) * every),
  )
const ticket = (age = 1): raw.RawExtension => [
  41,
  Buffer.concat([
    raw.list16(raw.list16(randomBytes(192)), Buffer.from([0, 0, 0, age])),
    raw.list16(raw.list8(randomBytes(32))),
  ]),
]
/** draft-ietf-tls-esni-18 5: an outer hello, for HKDF-SHA256 and AES-128-GCM. */
const ech = (enc: number, payload: number): raw.RawExtension => [
  0xfe0d,
  Buffer.concat([Buffer.of(0, 0, 1, 0, 1, 7), raw.list16(randomBytes(enc)), raw.list16(randomBytes(payload))]),
]

/** The SSLv2 form of RFC 5246 E.2, for TLS 1.2. */
const sslv2 = Buffer.concat([
  Buffer.from([0x80, 37, 1, 3, 3, 0, 12, 0, 0, 0, 16, 0, 0xc0, 0x2f, 0, 0, 0x9c, 0, 0, 0x2f, 0, 0, 0xff]),
  randomBytes(16),
])

/** What is said, in writes. */
const cases: Readonly<Record<string, readonly Buffer[]>> = {
  usual: only(usual(host)),
  'no extensions at all': only(undefined, { suites: old }),
  'an empty list of extensions': only([], { suites: old }),
  'TLS 1.2, no session id': only(tls12, { suites: old, sessionId: new Uint8Array() }),
  'TLS_FALLBACK_SCSV at a server that can more': only(tls12, { suites: [...old, 0x5600] }),
  'TLS_FALLBACK_SCSV with TLS 1.3': only(usual(host), { suites: [0x1301, 0xc02f, 0x5600] }),
  'a share of an unheard-of group alone': only([
    ...without(10, 51),
    raw.groups(0x11ee, 29, 23),
    raw.shares([0x11ee, randomBytes(64)]),
  ]),
  'unheard-of groups alone': only([
    ...without(10, 51),
    raw.groups(0x11ee, 0x11ef),
    raw.shares([0x11ee, randomBytes(64)]),
  ]),
  'no share': only([...without(51), raw.shares()]),
  'two shares': only([...without(51), raw.shares([29, randomBytes(32)], [0x0a0a, Buffer.of(0)])]),
  'GREASE wherever it may be': only(
    [
      [0x1a1a, Buffer.alloc(0)],
      ...without(10, 43, 51),
      raw.groups(0x2a2a, 29, 23),
      raw.versions(0x3a3a, 0x0304, 0x0303),
      raw.shares([0x2a2a, Buffer.of(0)], [29, randomBytes(32)]),
      [0x4a4a, Buffer.of(0)],
    ],
    { suites: [0x5a5a, 0x1301, 0xc02f] },
  ),
  'unknown extensions': only(with_([1234, Buffer.from('hello')], [0xff99, Buffer.alloc(0)])),
  'a tentative ECH': only(with_(ech(32, 208))),
  'ECH with another enc': only(with_(ech(65, 144))),
  'a ticket, and early data': only(with_([42, Buffer.alloc(0)], ticket())),
  'a ticket for a session of TLS 1.2': only([...tls12, [35, randomBytes(176)]], { suites: old }),
  compression: only(tls12, { suites: old, compression: [1, 0] }),
  'in two records': inRecords(rawHello({ extensions: usual(host) }), 0x0301, 100),
  'in records of one byte': [Buffer.concat(inRecords(rawHello({ extensions: usual(host) }), 0x0301, 1))],
  'in segments of 40 bytes': cut(Buffer.concat(only(usual(host))), 40),
  'a hello of 16 KB': only(with_(padding(15_900))),
  'a hello of 20 KB': only(with_(padding(20_000))),
  'a hello of 60 KB': only(with_(padding(60_000))),
  'record version 3.0': inRecords(rawHello({ extensions: usual(host) }), 0x0300),
  'record version 3.3': inRecords(rawHello({ extensions: usual(host) }), 0x0303),
  'record version 3.4': inRecords(rawHello({ extensions: usual(host) }), 0x0304),
  'legacy version 3.4': only(usual(host), { version: 0x0304 }),
  'legacy version 3.1 and TLS 1.3': only(usual(host), { version: 0x0301 }),
  'TLS 1.0 at most': only([named, raw.groups(29, 23)], { version: 0x0301, suites: old }),
  'SSL 3.0 at most': only([named], { version: 0x0300, suites: old }),
  'an extension twice': only(with_([23, Buffer.alloc(0)], [23, Buffer.alloc(0)])),
  'a name twice': only(with_([16, raw.list16(raw.list8(Buffer.from('http/1.1')), raw.list8(Buffer.from('http/1.1')))])),
  'an unheard-of protocol alone': only(with_([16, raw.list16(raw.list8(Buffer.from('gopher')))])),
  'signature algorithms that nobody has': only([...without(13), [13, Buffer.from([0, 2, 0xfe, 0xfe])]]),
  'suites that nobody has': only(usual(host), { suites: [0x1399, 0xc0ff] }),
  'another name than that of the tunnel': only([raw.named('www.elsewhere.test'), ...without(0)]),
  'no name': only(without(0)),
  'a name in capitals': only([raw.named('ORIGIN.TEST'), ...without(0)]),
  'a session id of 7 bytes': only(usual(host), { sessionId: randomBytes(7) }),
  'a share that is too short': only([...without(51), raw.shares([29, randomBytes(31)])]),
  'a share of zeros': only([...without(51), raw.shares([29, Buffer.alloc(32)])]),
  'a share of a group that is not offered': only([
    ...without(51),
    raw.shares([25, Buffer.concat([Buffer.of(4), randomBytes(132)])]),
  ]),
  'bytes behind the extensions': [Buffer.concat(inRecords(withTail(rawHello({ extensions: usual(host) }))))],
  'a record size limit of 64': only(with_([28, raw.u16(64)])),
  'a maximum fragment length of 512': only(with_([1, Buffer.of(1)])),
  'the form of SSLv2': [sslv2],
  'a raw public key or X.509': only(with_([20, raw.list8(Buffer.of(2, 0))])),
}

function withTail(message: Buffer): Buffer {
  const longer = Buffer.concat([message, Buffer.from('tail')])
  longer.writeUIntBE(longer.length - 4, 1, 3)
  return longer
}

interface Claim {
  readonly says: RegExp
  readonly same: boolean
}

/** What Parley says it sent, where that is not: the client's own hello, and all of it. */
const otherwise: Readonly<Record<string, Claim>> = {
  'a ticket, and early data': { says: /^gaps: 42 41$/, same: false },
  'a ticket for a session of TLS 1.2': { says: /^gaps: 35$/, same: false },
  'bytes behind the extensions': { says: /^another hello$/, same: false },
  'the form of SSLv2': { says: /^pass-through$/, same: true },
  'SSL 3.0 at most': { says: /^openssl: the client offers nothing that --min-tls allows$/, same: false },
}
const asItWas: Claim = { says: /^as it was$/, same: true }

/** The server looks at the key of the share, which is Parley's own. */
const harmless = ['a share of zeros']

const heard = (watched: Watched | undefined): unknown =>
  watched && [choiceOf(watched), wasRetried(watched), alertOf(watched, 'to-client')]
const helloIn = (watched: Watched | undefined): string | undefined =>
  watched && (hellosOf(watched).map(masked)[0] ?? watched.chunks['to-server'].map(({ bytes }) => hex(bytes)).join(''))
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')

function claimOf({ treatment, legs: { upstream } }: ConnectionJson): string {
  const { openssl, mirrorGaps } = upstream ?? {}
  if (openssl !== undefined) return `openssl: ${openssl}`
  if (treatment !== 'observe') return treatment ?? 'untold'
  if (!mirrorGaps) return 'another hello'
  return mirrorGaps.length > 0 ? `gaps: ${mirrorGaps.map(({ id }) => id).join(' ')}` : 'as it was'
}

e2e('unusual hellos arrive as they left, or Parley says that they did not', { needs: ['nginx'] }, async t => {
  const { nginx, parley, front } = await open(t)
  const dumb = await watchProxy(t)
  const wrong: unknown[] = []
  await inParallel(
    Object.entries(cases).map(([name, pieces]) => async () => {
      const { port, seen } = await watchServer(t, nginx)
      await raw.sayRaw(dumb.port, host, port, pieces)
      const many = seen.length
      await raw.sayRaw(front.port, host, port, pieces)
      const [before, after] = [seen[0], seen[many]]
      const row = await parley.closedTo(port)
      const claim = claimOf(row)
      const same = helloIn(before) === helloIn(after)
      const alike = harmless.includes(name) || isDeepStrictEqual(heard(before), heard(after))
      const expected = otherwise[name] ?? asItWas
      const honest = expected.says.test(claim) && expected.same === same
      if (!honest || (same && !alike))
        wrong.push({
          name,
          claim,
          same,
          direct: heard(before),
          through: heard(after),
          problems: row.problems.map(({ code }) => code),
        })
    }),
  )
  assert.deepEqual(wrong, [])
})

e2e(
  'an encrypted hello that the server may be able to open is made up, as long as it was',
  { needs: ['nginx'] },
  async t => {
    const { nginx, parley, front } = await open(t, '--no-https-records') // so that nobody knows whether it has keys
    const { port, seen } = await watchServer(t, nginx)
    await raw.sayRaw(front.port, host, port, only(with_(ech(32, 208))))
    const [left, arrived] = [front.seen, seen].map(all => hellosOf(all[0]!)[0]!.message) as [Buffer, Buffer]
    const [before, after] = [left, arrived].map(
      message => extensionsOf(message).find(({ type }) => type === encryptedClientHello)!,
    ) as [Place, Place]
    const rest = (message: Buffer): Buffer => {
      const copy = Buffer.from(message)
      copy.fill(0, before.from + 5, before.to) // config id, enc and payload
      return copy
    }
    const of = (message: Buffer) => masked({ recordVersion: 0, cut: [], message: rest(message) })
    assert.deepEqual(after, before)
    assert.notDeepEqual(arrived.subarray(after.from + 8, after.to), left.subarray(before.from + 8, before.to))
    assert.equal(of(arrived), of(left))
    assert.equal(claimOf(await parley.closedTo(port)), `gaps: ${encryptedClientHello}`)
  },
)

const encryptedClientHello = 0xfe0d
type Place = ReturnType<typeof extensionsOf>[number]

/** An origin that takes every suite, and the way to it through Parley. */
async function open(t: TestContext, ...options: readonly string[]) {
  const identities = await makeIdentities(t)
  const { cert, key } = identities.leaf('origin', { host, keyType: 'rsa' })
  const nginx = await startNginx(
    t,
    `listen 127.0.0.1:PORT ssl http2; ssl_certificate ${cert}; ssl_certificate_key ${key};
     ssl_protocols TLSv1.2 TLSv1.3; ssl_ciphers ALL:@SECLEVEL=0; location / { return 200 "here\\n"; }`,
  )
  const loose = ['--min-tls', '1.0', '--resolve', `${host}:127.0.0.1`, ...options]
  const parley = await startParley(t, '--upstream-ca', identities.caPath, ...loose)
  return { nginx: nginx.ports[0]!, parley, front: await watchProxy(t, parley.port) }
}
