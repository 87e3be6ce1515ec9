import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto'
import { DerReader, tags } from '../../../x509/der.ts'

/** Diffie-Hellman keys from their numbers, as node:crypto takes them: PKCS #8 and SubjectPublicKeyInfo, RFC 3279 2.3.3. */

/** The group, big-endian. */
export interface DhGroup {
  readonly prime: Uint8Array
  readonly generator: Uint8Array
}

const dhKeyAgreement = Buffer.from('06092a864886f70d010301', 'hex') // PKCS #3: 1.2.840.113549.1.3.1

/** Throws where OpenSSL does not take the group. */
export function dhPrivateKey(group: DhGroup, exponent: Uint8Array): KeyObject {
  const key = sequence(integer(Buffer.of(0)), algorithm(group), der(tags.octetString, integer(exponent)))
  return createPrivateKey({ key, format: 'der', type: 'pkcs8' })
}

export function dhPublicKey(group: DhGroup, value: Uint8Array): KeyObject {
  const bits = der(tags.bitString, Buffer.concat([Buffer.of(0), integer(value)]))
  return createPublicKey({ key: sequence(algorithm(group), bits), format: 'der', type: 'spki' })
}

/** The public value of a key, without zeros in front. */
export function dhPublicValue(key: KeyObject): Uint8Array {
  const spki = createPublicKey(key).export({ format: 'der', type: 'spki' })
  return new DerReader(spki, 'spki').sequence('spki', inner => {
    inner.any('algorithm')
    return new DerReader(inner.bitString('key').bytes, 'key').integer('value')
  })
}

const algorithm = ({ prime, generator }: DhGroup): Buffer =>
  sequence(dhKeyAgreement, sequence(integer(prime), integer(generator)))

const sequence = (...parts: readonly Buffer[]): Buffer => der(tags.sequence, Buffer.concat(parts))

/** A number that is not negative, in as few bytes as X.690 8.3.2 wants. */
function integer(bytes: Uint8Array): Buffer {
  const first = bytes.findIndex(byte => byte !== 0)
  const value = first < 0 ? Buffer.of(0) : bytes.subarray(first)
  return der(tags.integer, Buffer.concat([value[0]! >= 0x80 ? Buffer.of(0) : Buffer.alloc(0), value]))
}

/** Contents here are below 64 KB. */
function der(tag: number, content: Buffer): Buffer {
  const { length } = content
  const size = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 255]
  return Buffer.concat([Buffer.of(tag, ...size), content])
}
