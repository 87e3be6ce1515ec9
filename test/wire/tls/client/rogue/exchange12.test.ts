import assert from 'node:assert/strict'
import { createDiffieHellmanGroup, createECDH, generateKeyPairSync } from 'node:crypto'
import { test } from 'node:test'
import { message, type Part, u8, u16, vector16 } from '../offer.ts'
import * as alert from './alerts.ts'
import { type Case, encounter, refuses } from './encounter.ts'
import { empty } from './server.ts'
import { dhParams, power, Server12, suite } from './server12.ts'

const schemes = [0x0403, 0x0804, 0x0401, 0x0203]
const always = {
  offer: {
    suites: Object.values(suite),
    groups: [29, 23],
    schemes,
    versions: [0x0303],
    and: [[5, Buffer.from('0100000000', 'hex')]] as Part[],
  },
}
const zeros = (length: number): Buffer => Buffer.alloc(length)
const other = generateKeyPairSync('ec', { namedCurve: 'prime256v1' })
const flipped = (bytes: Buffer): Buffer =>
  bytes.map((byte, at) => (at === bytes.length - 1 ? byte ^ 1 : byte)) as Buffer
const point = (...start: number[]): Buffer => Buffer.concat([Buffer.from(start), Buffer.alloc(64, 1)])
const p384 = createECDH('secp384r1').generateKeys()

const modp14 = createDiffieHellmanGroup('modp14').getPrime()
const modp2 = createDiffieHellmanGroup('modp2').getPrime()
const plus = (number: Buffer, value: bigint): Buffer =>
  Buffer.from((BigInt(`0x${number.toString('hex')}`) + value).toString(16).padStart(number.length * 2, '0'), 'hex')
const two = u8(2)

/** A ServerKeyExchange of what `act` says, and all is right around it. */
const exchange = (what: string, alerts: Case<Server12>[1], act: (server: Server12) => void): Case<Server12> => [
  `a ServerKeyExchange ${what}`,
  alerts,
  s => {
    s.serverHello()
    s.certificate()
    act(s)
    s.done()
  },
]

const cases: readonly Case<Server12>[] = [
  exchange('by another key', 51, s => s.keyExchange(undefined, { key: other.privateKey })),
  exchange('whose signature is damaged', 51, s => s.keyExchange(undefined, { edit: flipped })),
  exchange('without a signature', alert.malformed.concat(51), s => s.keyExchange(undefined, { edit: () => zeros(0) })),
  exchange('for another hello', 51, s => s.keyExchange(undefined, { random: zeros(32) })),
  exchange('by a scheme that was not offered', 47, s => s.keyExchange(undefined, { scheme: 0x0503 })),
  exchange('by a scheme of another key', alert.malformed.concat(51), s => s.keyExchange(undefined, { scheme: 0x0401 })),
  exchange('by a scheme of TLS 1.3 for another kind', alert.malformed.concat(51), s =>
    s.keyExchange(undefined, { scheme: 0x0804, edit: same => same }),
  ),
  exchange('without a body', 50, s => s.say(message(12))),
  exchange('with bytes behind', alert.malformed.concat(51), s =>
    s.say(message(12, s.curveParams(), u16(0x0403), vector16(zeros(70)), u8(0))),
  ),
  exchange('of a curve that was not offered', 47, s => s.keyExchange(s.curveParams(24, p384))),
  exchange('of a curve that nobody knows', 47, s => s.keyExchange(s.curveParams(0x7777))),
  exchange('of a hybrid of TLS 1.3', 47, s => s.keyExchange(s.curveParams(4588, zeros(200)))),
  exchange('of an explicit curve', [40, 47, 50], s => s.keyExchange(s.curveParams(23, s.share, 1))),
  exchange('of no point', alert.malformed, s => s.keyExchange(s.curveParams(23, zeros(0)))),
  exchange('of a point off the curve', 47, s => s.keyExchange(s.curveParams(23, point(4)))),
  exchange('of the point at infinity', alert.malformed, s => s.keyExchange(s.curveParams(23, zeros(1)))),
  exchange('of a compressed point', alert.malformed, s =>
    s.keyExchange(s.curveParams(23, Buffer.concat([u8(2 + (s.share[64]! & 1)), s.share.subarray(1, 33)]))),
  ),
  exchange('of a hybrid point', alert.malformed, s =>
    s.keyExchange(s.curveParams(23, Buffer.concat([u8(6 + (s.share[64]! & 1)), s.share.subarray(1)]))),
  ),
  exchange('of a point of another curve', alert.malformed, s => s.keyExchange(s.curveParams(23, p384))),
  exchange('of X25519 with zeros', 47, s => s.keyExchange(s.curveParams(29, zeros(32)))),
  exchange('of X25519 with 31 bytes', alert.malformed, s => s.keyExchange(s.curveParams(29, Buffer.alloc(31, 9)))),
  exchange('twice', 10, s => {
    s.keyExchange()
    s.keyExchange()
  }),
  exchange('that is missing', 10, () => {}),
]

/** The prime, the generator and the server's share of Diffie-Hellman. */
const groups: readonly (readonly [string, Case<Server12>[1], Buffer])[] = [
  ['of 1,024 bits', [40, 47, 71], dhParams(modp2, two, plus(modp2, -5n))],
  ['of 512 bits', [40, 47, 71], dhParams(Buffer.alloc(64, 255), two, Buffer.alloc(64, 7))],
  ['of 1,024 bits and zeros before', [40, 47, 71], dhParams(Buffer.concat([zeros(128), modp2]), two, plus(modp2, -5n))],
  ['of no prime', [40, 47, 50, 71], dhParams(empty, two, two)],
  ['of 16,384 bits', [40, 47, 71], dhParams(Buffer.alloc(2048, 255), two, Buffer.alloc(2048, 7))],
  ['with an even prime', [40, 47, 71], dhParams(plus(modp14, 1n), two, plus(modp14, -5n))],
  ['with a share of 0', 47, dhParams(modp14, two, zeros(1))],
  ['with a share of 1', 47, dhParams(modp14, two, u8(1))],
  ['with a share of no bytes', alert.malformed, dhParams(modp14, two, empty)],
  ['with a share of p - 1', 47, dhParams(modp14, two, plus(modp14, -1n))],
  ['with a share of p', 47, dhParams(modp14, two, modp14)],
  ['with a share above p', 47, dhParams(modp14, two, plus(modp14, 3n))],
  ['with a share of 300 bytes', 47, dhParams(modp14, two, Buffer.alloc(300, 7))],
  ['with a generator of 0', 47, dhParams(modp14, zeros(1), plus(modp14, -5n))],
  ['with a generator of 1', 47, dhParams(modp14, u8(1), plus(modp14, -5n))],
  ['with a generator of p - 1', 47, dhParams(modp14, plus(modp14, -1n), plus(modp14, -5n))],
  ['without a generator', alert.malformed, dhParams(modp14, empty, plus(modp14, -5n))],
]

const dhe = groups.map(([what, alerts, parameters]) =>
  exchange(`of Diffie-Hellman ${what}`, alerts, s => s.keyExchange(parameters)),
)

refuses(() => new Server12(), always, cases)
refuses(() => new Server12(suite.dheRsa), always, dhe)

test('Diffie-Hellman with a generator of any size', () => {
  for (const generator of [2n, 5n, 4_294_967_311n, 'large'] as const) {
    const server = new Server12(suite.dheRsa)
    const { prime } = server.group
    server.group = { prime, generator: generator === 'large' ? power(3n, 1n << 200n, prime) : generator }
    const { error, secured } = encounter(server, s => s.handshake(), always)
    assert.deepEqual([error, secured, server.clientFinished], [undefined, true, true])
  }
})
