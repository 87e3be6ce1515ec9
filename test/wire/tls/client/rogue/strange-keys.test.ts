import assert from 'node:assert/strict'
import { generateKeyPairSync, getDiffieHellman, type KeyObject } from 'node:crypto'
import { test } from 'node:test'
import { certificateOf } from '../certificate-of.ts'
import { message, u16, vector16 } from '../offer.ts'
import { encounter, type Outcome } from './encounter.ts'
import { Server12, suite } from './server12.ts'
import { Server13 } from './server13.ts'

/** Keys as a certificate may hold them, SubjectPublicKeyInfo in DER: OpenSSL and Node read them, and must not break. */
const spki = (make: () => { readonly publicKey: KeyObject }): Buffer =>
  make().publicKey.export({ format: 'der', type: 'spki' })
const hex = (text: string): Buffer => Buffer.from(text.replaceAll(/\s/g, ''), 'hex')
const der = (tag: number, ...parts: readonly Uint8Array[]): Buffer => {
  const body = Buffer.concat(parts)
  return Buffer.concat([
    body.length < 128 ? Buffer.of(tag, body.length) : Buffer.of(tag, 0x82, body.length >> 8, body.length & 255),
    body,
  ])
}
const bits = (...parts: readonly Uint8Array[]): Buffer => der(3, Buffer.of(0), ...parts)
const rsa = (modulus: Uint8Array, exponent: Uint8Array): Buffer =>
  der(0x30, hex('300d06092a864886f70d0101010500'), bits(der(0x30, der(2, Buffer.of(0), modulus), der(2, exponent))))
const curve = (oid: string, point: Uint8Array): Buffer =>
  der(0x30, der(0x30, hex('06072a8648ce3d0201'), hex(oid)), bits(point))
const p256 = '06082a8648ce3d030107'
const prime = 'ffffffff00000001000000000000000000000000ffffffffffffffffffffffff'
const order = 'ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551'
const a = 'ffffffff00000001000000000000000000000000fffffffffffffffffffffffc'
const b = '5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604b'
const generator =
  '046b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c2964fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5'
/** RFC 3279 2.3.5: P-256 by its numbers, with a generator of one's own choice (CVE-2020-0601). */
const explicit = (g: Buffer): Buffer => {
  const field = der(0x30, hex('06072a8648ce3d0101'), der(2, Buffer.of(0), hex(prime)))
  const numbers = der(0x30, der(4, hex(a)), der(4, hex(b)))
  const parameters = der(
    0x30,
    hex('020101'),
    field,
    numbers,
    der(4, g),
    der(2, Buffer.of(0), hex(order)),
    hex('020101'),
  )
  return der(0x30, der(0x30, hex('06072a8648ce3d0201'), parameters), bits(hex(generator)))
}

const keys: Readonly<Record<string, () => Buffer>> = {
  'Diffie-Hellman': () => spki(() => generateKeyPairSync('dh', { prime: getDiffieHellman('modp14').getPrime() })),
  DSA: () => spki(() => generateKeyPairSync('dsa', { modulusLength: 1024, divisorLength: 160 })),
  X25519: () => spki(() => generateKeyPairSync('x25519')),
  X448: () => spki(() => generateKeyPairSync('x448')),
  'ML-DSA': () => spki(() => generateKeyPairSync('ml-dsa-44' as 'ed25519')),
  'ML-KEM': () => spki(() => generateKeyPairSync('ml-kem-768' as 'ed25519')),
  'SLH-DSA': () => spki(() => generateKeyPairSync('slh-dsa-sha2-128f' as 'ed25519')),
  secp256k1: () => spki(() => generateKeyPairSync('ec', { namedCurve: 'secp256k1' })),
  brainpoolP256r1: () => spki(() => generateKeyPairSync('ec', { namedCurve: 'brainpoolP256r1' })),
  'P-224': () => spki(() => generateKeyPairSync('ec', { namedCurve: 'secp224r1' })),
  sect283k1: () => spki(() => generateKeyPairSync('ec', { namedCurve: 'sect283k1' })),
  SM2: () => curve('06082a811ccf5501822d', hex(`04${'11'.repeat(64)}`)),
  'P-256 by its numbers': () => explicit(hex(generator)),
  'P-256 with another generator': () => explicit(hex(`04${'22'.repeat(64)}`)),
  'P-256 with no point': () => curve(p256, Buffer.alloc(0)),
  'P-256 with the point at infinity': () => curve(p256, Buffer.of(0)),
  'P-256 with a point off the curve': () => curve(p256, hex(`04${'11'.repeat(64)}`)),
  'P-256 with a point cut': () => curve(p256, hex(generator).subarray(0, 40)),
  'a curve that nobody knows': () => curve('06032a0304', hex(generator)),
  'no curve': () => curve('0500', hex(generator)),
  'Ed25519 of 31 bytes': () => der(0x30, hex('300506032b6570'), bits(Buffer.alloc(31, 1))),
  'Ed25519 of zeros': () => der(0x30, hex('300506032b6570'), bits(Buffer.alloc(32))),
  'RSA of 512 bits': () => spki(() => generateKeyPairSync('rsa', { modulusLength: 512 })),
  'RSA with a modulus of 0': () => rsa(Buffer.of(0), hex('010001')),
  'RSA with a modulus of 1': () => rsa(Buffer.of(1), hex('010001')),
  'RSA with an even modulus': () => rsa(Buffer.alloc(256, 0xfe), hex('010001')),
  'RSA with an exponent of 1': () => rsa(Buffer.alloc(256, 0xff), hex('01')),
  'RSA with an exponent of 0': () => rsa(Buffer.alloc(256, 0xff), hex('00')),
  'RSA with a negative exponent': () => rsa(Buffer.alloc(256, 0xff), hex('ff')),
  'RSA with an exponent of 2,048 bits': () => rsa(Buffer.alloc(256, 0xff), Buffer.alloc(256, 0x7f)),
  'RSA of 32,768 bits': () => rsa(Buffer.alloc(4096, 0xff), hex('010001')),
  'RSA of no numbers': () => der(0x30, hex('300d06092a864886f70d0101010500'), bits(Buffer.alloc(0))),
  'RSA-PSS with strange parameters': () =>
    der(
      0x30,
      hex('301706092a864886f70d01010a300aa2080206 7fffffffffff'),
      bits(der(0x30, der(2, Buffer.alloc(128, 0x7f)), hex('0203010001'))),
    ),
  'an algorithm that nobody knows': () => der(0x30, hex('300506032a0304'), bits(Buffer.alloc(32, 1))),
  'no algorithm': () => hex('30023000'),
  'no key at all': () => hex('3000'),
}
const schemes = [0x0403, 0x0503, 0x0804, 0x0809, 0x0807, 0x0808, 0x0904, 0x081a, 0x0401, 0x0201, 0x0203, 0x0402, 0x0708]
const signature = Buffer.alloc(256, 0x31)

function assertOrderly({ secured, client, error }: Outcome): void {
  assert.deepEqual([secured, client.state], [false, 'failed'])
  assert.ok(error && !error.received)
  assert.notEqual(error.alert, 80)
}

for (const [name, make] of Object.entries(keys))
  test(`a certificate with a key of ${name} proves nothing and breaks nothing`, () => {
    const certificate = certificateOf(make())
    for (const scheme of schemes) {
      const act = (s: Server13): void => {
        s.serverHello()
        s.encryptedExtensions()
        s.certificate([certificate])
        s.say(message(15, u16(scheme), vector16(signature)))
        s.finished()
      }
      const groups = [29, 23, 21, 22, 26, 9]
      assertOrderly(encounter(new Server13(), act, { offer: { suites: [0x1301], groups, shares: [29], schemes } }))
      for (const chosen of [suite.ecdheEcdsa, suite.ecdheRsa, suite.rsa]) {
        const act = (s: Server12): void => {
          s.serverHello()
          s.certificate([certificate])
          if (chosen !== suite.rsa) s.say(message(12, s.curveParams(), u16(scheme), vector16(signature)))
          s.done()
          s.finished()
        }
        const offer = { suites: Object.values(suite), groups, schemes, versions: [0x0303] }
        assertOrderly(encounter(new Server12(chosen), act, { offer }))
      }
    }
  })
