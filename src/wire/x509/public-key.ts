import { createHash } from 'node:crypto'
import { hex, MalformedError } from '../reader.ts'
import { readParameters } from './algorithm.ts'
import { type BitString, DerReader, tags } from './der.ts'
import { bigEndian } from './der-values.ts'
import { curves, keyTypes, nameOfOid, showOid } from './names.ts'

export interface KeyFacts {
  /** 'RSA', 'RSA-PSS', 'EC', 'Ed25519', 'Ed448', 'DSA', 'ML-DSA-44' ...; an unknown one in dotted decimal. */
  readonly type: string
  /** Of the modulus, the curve or the prime; absent where the type says it all. */
  readonly bits?: number
  /** 'P-256', 'secp256k1' ...; an unknown one in dotted decimal. */
  readonly curve?: string
  /** RSA; in hex with 0x where it is past 2^53. */
  readonly exponent?: string
  /** SubjectPublicKeyInfo in DER. */
  readonly spki: Uint8Array
  readonly spkiSha256: string
  /** As in a pin (RFC 7469) and Chromium's --ignore-certificate-errors-spki-list. */
  readonly spkiSha256Base64: string
}

type Details = Pick<KeyFacts, 'type' | 'bits' | 'curve' | 'exponent'>

/** SubjectPublicKeyInfo. RFC 5280 4.1.2.7, RFC 3279 2.3, RFC 5480, RFC 8410 */
export function readPublicKey(reader: DerReader): KeyFacts {
  const start = reader.offset
  const details = reader.sequence('subject public key info', readDetails, showKey)
  const spki = reader.whole.subarray(start, reader.offset)
  const digest = createHash('sha256').update(spki).digest()
  return { ...details, spki, spkiSha256: digest.toString('hex'), spkiSha256Base64: digest.toString('base64') }
}

export const showKey = ({ type, bits, curve }: Details): string =>
  [type, curve, bits !== undefined && curve === undefined ? `${bits} bits` : undefined].filter(Boolean).join(' ')

function readDetails(reader: DerReader): Details {
  const { type, parameters } = reader.sequence('algorithm', readKeyAlgorithm)
  const key = reader.bitString('public key')
  if (type === 'RSA' || type === 'RSA-PSS') return { type, ...readRsa(reader, key) }
  return { type, ...parameters }
}

function readKeyAlgorithm(reader: DerReader): { type: string; parameters: Omit<Details, 'type'> } {
  const type = nameOfOid(keyTypes, reader.oid('algorithm', showOid))
  if (type === 'EC' && reader.next === tags.oid) {
    const oid = reader.oid('curve', showOid)
    const known = Object.hasOwn(curves, oid) ? curves[oid] : undefined
    return { type, parameters: known ? { curve: known.name, bits: known.bits } : { curve: oid } }
  }
  if (type === 'DSA' && reader.next === tags.sequence)
    return { type, parameters: reader.sequence('parameters', readDsa) }
  readParameters(reader)
  return { type, parameters: {} }
}

function readDsa(reader: DerReader): { bits: number } {
  const bits = bitLength(reader.integer('p'))
  reader.integer('q')
  reader.integer('g')
  return { bits }
}

/** RSAPublicKey inside the bit string, RFC 8017 A.1.1; its fields follow the bit string's. */
function readRsa(reader: DerReader, key: BitString): { bits: number; exponent: string } {
  if (key.unused > 0) throw new MalformedError(key.start - 1, `RSA key: ${key.unused} unused bits`)
  const inner = new DerReader(reader.whole, 'RSA key', key.start, key.start + key.bytes.length, reader.fields)
  return inner.sequence('RSA public key', rsa => {
    const bits = bitLength(rsa.integer('modulus'))
    const exponent = showExponent(rsa.integer('exponent', showExponent))
    return { bits, exponent }
  })
}

const showExponent = (bytes: Uint8Array): string => (bytes.length <= 6 ? String(bigEndian(bytes)) : `0x${hex(bytes)}`)

/** Of a positive number without a leading zero octet. */
const bitLength = (bytes: Uint8Array): number => (bytes.length - 1) * 8 + (32 - Math.clz32(bytes[0]!))
