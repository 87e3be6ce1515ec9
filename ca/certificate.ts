import { createHash, type KeyObject, randomBytes, sign } from 'node:crypto'
import { promisify } from 'node:util'
import {
  bits,
  bytesOf,
  decode,
  encode,
  integer,
  itemsOf,
  type Node,
  nothing,
  oid,
  sequence,
  set,
  tagged,
  time,
  utf8,
} from './der.ts'

/** Times in ms since the epoch; both ends belong to the period. */
export interface Validity {
  readonly notBefore: number
  readonly notAfter: number
}

/** What a certificate says, apart from its serial number and its signature. */
export interface Statement {
  readonly issuer: Node
  readonly subject: Node
  readonly validity: Validity
  readonly publicKey: Node
  readonly extensions: readonly Node[]
}

const v3 = tagged(0, integer(Buffer.of(2)))
export const sha256WithRsa = sequence(oid('1.2.840.113549.1.1.11'), nothing())
export const ecdsaWithSha256 = sequence(oid('1.2.840.10045.4.3.2'))

/** Signs with SHA-256 beside this thread. */
export const signInThreadPool = promisify(
  (data: Buffer, key: KeyObject, done: (error: Error | null, bytes: Buffer) => void) => sign('sha256', data, key, done),
)

/**
 * Signs an X.509 v3 certificate (RFC 5280 4.1) and gives its DER. The signature is made in the thread pool, so this
 * thread pays for the encoding only. `signer` must be an RSA private key.
 */
export async function issueCertificate(statement: Statement, signer: KeyObject): Promise<Buffer> {
  const { issuer, subject, validity, publicKey, extensions } = statement
  const tbs = sequence(
    v3,
    integer(randomSerial()),
    sha256WithRsa,
    issuer,
    sequence(time(validity.notBefore), time(validity.notAfter)),
    subject,
    publicKey,
    tagged(3, sequence(...extensions)),
  )
  const signature = await signInThreadPool(encode(tbs), signer)
  return encode(sequence(tbs, sha256WithRsa, bits(signature)))
}

/** A Name with one attribute a part, in order; no attributes make the empty name. */
export function nameOf(...attributes: readonly (readonly [type: string, value: string])[]): Node {
  return sequence(...attributes.map(([type, value]) => set(sequence(oid(type), utf8(value)))))
}

/** A public key as it stands in a certificate. */
export function publicKeyNode(key: KeyObject): Node {
  return decode(key.export({ type: 'spki', format: 'der' }))
}

/** RFC 7093 2: the leftmost 160 bits of the SHA-256 of the key's bits. `key` is a SubjectPublicKeyInfo. */
export function keyIdentifierOf(key: Node): Buffer {
  const bits = bytesOf(itemsOf(key)[1]).subarray(1) // after the number of unused ones
  return createHash('sha256').update(bits).digest().subarray(0, 20)
}

export function pemOf(der: Buffer): string {
  const lines = der.toString('base64').match(/.{1,64}/g) ?? []
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`
}

/** 16 bytes, positive, with no leading zero byte: 126 of the 128 bits are random. */
export function randomSerial(): Buffer {
  const bytes = randomBytes(16)
  bytes.writeUInt8((bytes.readUInt8(0) & 0x7f) | 0x40, 0)
  return bytes
}
