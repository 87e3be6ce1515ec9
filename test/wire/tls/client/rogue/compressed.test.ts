import assert from 'node:assert/strict'
import { test } from 'node:test'
import { brotliCompressSync, deflateSync, zstdCompressSync } from 'node:zlib'
import { message, type Part, u8, u16, u24, vector8, vector24 } from '../offer.ts'
import * as alert from './alerts.ts'
import { type Case, encounter, refuses } from './encounter.ts'
import { type } from './server.ts'
import { Server12 } from './server12.ts'
import { Server13 } from './server13.ts'

/** RFC 8879 */
const algorithms: readonly (readonly [number, string, (bytes: Uint8Array) => Buffer])[] = [
  [1, 'zlib', deflateSync],
  [2, 'brotli', brotliCompressSync],
  [3, 'zstd', zstdCompressSync],
]
const asks = (...offered: number[]): Part => [27, vector8(...offered.map(u16))]
const always = { offer: { suites: [0x1301, 0xc02b], groups: [29, 23], and: [asks(1, 2, 3)] } }

const wrapped = (algorithm: number, length: number, compressed: Uint8Array): Buffer =>
  message(type.compressedCertificate, u16(algorithm), u24(length), vector24(compressed))
/** A flight whose certificate is `bytes`. */
const flight =
  (bytes: (server: Server13) => Buffer) =>
  (server: Server13): void => {
    server.serverHello()
    server.encryptedExtensions()
    server.say(bytes(server))
    server.certificateVerify()
    server.finished()
  }
const bodyOf = (
  server: Server13,
  chain: readonly Uint8Array[] = [server.identity.certificate],
  parts: readonly Part[] = [],
  context: Uint8Array = Buffer.alloc(0),
): Buffer => server.certificateMessage(chain, parts, context).subarray(4)

for (const [algorithm, name, compress] of algorithms) {
  test(`a certificate compressed by ${name} is taken`, () => {
    const act = flight(s => wrapped(algorithm, bodyOf(s).length, compress(bodyOf(s))))
    const { error, secured } = encounter(new Server13(), act, always)
    assert.deepEqual([error, secured], [undefined, true])
  })

  const of = (what: string, alerts: Case<Server13>[1], bytes: (server: Server13) => Buffer): Case<Server13> => [
    `a certificate compressed by ${name} ${what}`,
    alerts,
    flight(bytes),
  ]
  const inside = (what: string, alerts: Case<Server13>[1], body: (server: Server13) => Buffer): Case<Server13> =>
    of(what, alerts, s => wrapped(algorithm, body(s).length, compress(body(s))))
  const bomb = compress(Buffer.alloc(100_000_000))
  const bad = [42, 47, 50]
  refuses(() => new Server13(), always, [
    of('that is a bomb and says so', bad, () => wrapped(algorithm, 0xffffff, bomb)),
    of('that is a bomb and says otherwise', bad, () => wrapped(algorithm, 500, bomb)),
    of('whose length is too small', bad, s => wrapped(algorithm, bodyOf(s).length - 1, compress(bodyOf(s)))),
    of('whose length is too great', bad, s => wrapped(algorithm, bodyOf(s).length + 1, compress(bodyOf(s)))),
    of('of no bytes', bad, s => wrapped(algorithm, bodyOf(s).length, Buffer.alloc(0))),
    of('that is damaged', bad, s => wrapped(algorithm, bodyOf(s).length, compress(bodyOf(s)).fill(255, 8, 20))),
    of('that is cut', bad, s => wrapped(algorithm, bodyOf(s).length, compress(bodyOf(s)).subarray(0, -9))),
    of('with bytes behind', 50, s =>
      message(type.compressedCertificate, wrapped(algorithm, bodyOf(s).length, compress(bodyOf(s))).subarray(4), u8(0)),
    ),
    inside('without certificates', bad, s => bodyOf(s, [])),
    inside('that is no certificate', bad, s => bodyOf(s, [Buffer.from('300a0201', 'hex')])),
    inside('with a context', bad, s => bodyOf(s, [s.identity.certificate], [], u8(1))),
    inside('with bytes behind what is in it', bad, s => Buffer.concat([bodyOf(s), u8(0)])),
    inside('with an extension that was not asked for', [47, 110], s =>
      bodyOf(s, [s.identity.certificate], [[5, Buffer.from('0100000430020500', 'hex')]]),
    ),
    inside('twice', alert.malformed.concat(42), s =>
      wrapped(algorithm, bodyOf(s).length, compress(bodyOf(s))).subarray(4),
    ),
  ])
}

refuses(() => new Server13(), always, [
  [
    'a certificate compressed as was not offered',
    47,
    flight(s => wrapped(2, bodyOf(s).length, brotliCompressSync(bodyOf(s)))),
    { offer: { and: [asks(1)] } },
  ],
  [
    'a certificate compressed as nobody knows',
    47,
    flight(s => wrapped(9, bodyOf(s).length, brotliCompressSync(bodyOf(s)))),
  ],
  [
    'a compressed certificate that nobody asked for',
    [10, 47],
    flight(s => wrapped(2, bodyOf(s).length, brotliCompressSync(bodyOf(s)))),
    { offer: { and: [] } },
  ],
])

refuses(() => new Server12(), always, [
  [
    'a compressed certificate in TLS 1.2',
    10,
    s => {
      s.serverHello()
      const body = message(11, vector24(vector24(s.identity.certificate))).subarray(4)
      s.say(wrapped(2, body.length, brotliCompressSync(body)))
      s.keyExchange()
      s.done()
    },
  ],
])
