/** Certificates of any kind of key, by RFC 5280 4.1: all of one issuer that nobody trusts. */
import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'

const der = (tag: number, ...parts: readonly Uint8Array[]): Buffer => {
  const content = Buffer.concat(parts)
  const { length } = content
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255]
  return Buffer.concat([Buffer.of(tag, ...size), content])
}
const sequence = (...parts: readonly Uint8Array[]): Buffer => der(0x30, ...parts)
const hex = (text: string): Buffer => Buffer.from(text, 'hex')

const issuer = generateKeyPairSync('ec', { namedCurve: 'prime256v1' })
const ecdsaWithSha256 = sequence(hex('06082a8648ce3d040302'))
const name = (text: string): Buffer => sequence(der(0x31, sequence(hex('0603550403'), der(0x0c, Buffer.from(text)))))
const time = (text: string): Buffer => der(0x17, Buffer.from(text))

export interface CertificateOptions {
  /** The bits of keyUsage from the left: 0x80 is digitalSignature, 0x20 keyEncipherment; absent unless told. */
  readonly keyUsage?: number
  /** More extensions, each in DER. */
  readonly extensions?: readonly Uint8Array[]
}

/** In DER, valid from 2026 to 2046; `key` may be one in DER. */
export function certificateOf(key: KeyObject | Buffer, { keyUsage, extensions = [] }: CertificateOptions = {}): Buffer {
  const spki = Buffer.isBuffer(key) ? key : key.export({ format: 'der', type: 'spki' })
  const usage = keyUsage === undefined ? [] : [sequence(hex('0603551d0f'), der(4, der(3, Buffer.of(0, keyUsage))))]
  const all = [...usage, ...extensions]
  const serial = createHash('sha256').update(spki).digest().subarray(0, 8)
  serial[0] = 1
  const tbs = sequence(
    der(0xa0, hex('020102')),
    der(2, serial),
    ecdsaWithSha256,
    name('nobody'),
    sequence(time('260101000000Z'), time('460101000000Z')),
    name('api.example.test'),
    spki,
    ...(all.length > 0 ? [der(0xa3, sequence(...all))] : []),
  )
  return sequence(tbs, ecdsaWithSha256, der(3, Buffer.of(0), sign('sha256', tbs, issuer.privateKey)))
}

/** An extension that nobody knows, with `text` in it. */
export const textExtension = (text: string): Buffer => sequence(hex('06032a0304'), der(4, Buffer.from(text)))

export const pem = (certificate: Buffer): string =>
  `-----BEGIN CERTIFICATE-----\n${certificate.toString('base64').replace(/.{64}/g, '$&\n')}\n-----END CERTIFICATE-----\n`

export interface Keyed {
  readonly key: KeyObject
  readonly certificate: Buffer
}

export type KeyKind = keyof typeof pairs

const pairs = {
  rsa: () => generateKeyPairSync('rsa', { modulusLength: 2048 }),
  'rsa-pss': () => generateKeyPairSync('rsa-pss', { modulusLength: 2048 }),
  'P-224': () => generateKeyPairSync('ec', { namedCurve: 'secp224r1' }),
  'P-256': () => generateKeyPairSync('ec', { namedCurve: 'prime256v1' }),
  'P-384': () => generateKeyPairSync('ec', { namedCurve: 'secp384r1' }),
  'P-521': () => generateKeyPairSync('ec', { namedCurve: 'secp521r1' }),
  brainpoolP256r1: () => generateKeyPairSync('ec', { namedCurve: 'brainpoolP256r1' }),
  ed25519: () => generateKeyPairSync('ed25519'),
  ed448: () => generateKeyPairSync('ed448'),
}

const made = new Map<KeyKind, Keyed & { readonly publicKey: KeyObject }>()

/** A key and its certificate; the same each time. */
export function keyed(kind: KeyKind, options?: CertificateOptions): Keyed {
  let known = made.get(kind)
  if (!known) {
    const { privateKey, publicKey } = pairs[kind]()
    known = { key: privateKey, publicKey, certificate: certificateOf(publicKey) }
    made.set(kind, known)
  }
  return options ? { key: known.key, certificate: certificateOf(known.publicKey, options) } : known
}
