import { createPublicKey, type KeyObject } from 'node:crypto'
import { remembered } from '../../../remembered.ts'
import { derCertificate } from '../../../x509/der-certificate.ts'
import { readStructure } from '../../../x509/structure.ts'
import { checkSignature } from '../../checks/signature.ts'
import type { CipherSuiteFacts } from '../../registry/cipher-suite-facts.ts'
import { isGrease } from '../../registry/names.ts'
import { tls12, tls13 } from '../../registry/versions.ts'
import type { CertificateMessage, ClientHello } from '../../values.ts'
import type { ServerChain } from '../session.ts'
import { fits } from '../signing.ts'
import { fail } from '../tls-error.ts'

/** RFC 5246 7.4.1.4.1: what a hello of TLS 1.2 without signature_algorithms takes. */
const defaultSchemes = [0x0201, 0x0202, 0x0203]

const mostBytes = 102_400 // of a chain, as OpenSSL has it: SSL_MAX_CERT_LIST_DEFAULT

/** The chain in a Certificate. Throws TlsError where it is empty, or longer than is worth reading. */
export function chainOf({ certificates, ocspResponse }: CertificateMessage, rawKey: boolean): ServerChain {
  if (certificates.length === 0 || certificates.some(({ length }) => length === 0))
    fail('decode-error', 'no certificate where one must be')
  if (certificates.reduce((sum, { length }) => sum + length, 0) > mostBytes)
    fail('bad-certificate', `a chain of more than ${mostBytes} bytes`)
  return { certificates, rawKey, ...(ocspResponse ? { ocsp: ocspResponse } : {}) }
}

/** The public key of a chain's leaf. Throws TlsError. */
export function keyOf({ certificates, rawKey }: ServerChain): KeyObject {
  try {
    return rawKey ? spkiKey(certificates[0]!) : certificateKey(certificates[0]!)
  } catch {
    return fail('bad-certificate', 'a certificate that cannot be read')
  }
}

const certificateKey = remembered((der: Uint8Array): KeyObject => derCertificate(der).publicKey)

/** A key in DER. Throws for what is none. */
export const spkiKey = (der: Uint8Array): KeyObject =>
  createPublicKey({ key: Buffer.from(der), format: 'der', type: 'spki' })

/** RFC 5280 4.2.1.3: the leaf's key must be meant for what it was used for. Throws TlsError. */
export function checkUsage({ certificates, rawKey }: ServerChain, usage: 'digitalSignature' | 'keyEncipherment'): void {
  if (rawKey) return
  let allowed: readonly string[]
  try {
    allowed = readStructure(certificates[0]!).extensions.values.keyUsage ?? []
  } catch {
    return fail('bad-certificate', 'a certificate that cannot be read')
  }
  if (allowed.length > 0 && !allowed.includes(usage))
    fail('illegal-parameter', `a certificate whose key is not for ${usage}`)
}

const groupsOfCurves: Readonly<Record<string, number>> = {
  secp224r1: 21,
  secp256k1: 22,
  prime256v1: 23,
  secp384r1: 24,
  secp521r1: 25,
  brainpoolP256r1: 26,
  brainpoolP384r1: 27,
  brainpoolP512r1: 28,
}

/** Up to TLS 1.2 the suite names the kind of key, and the client's groups its curve: RFC 5246 7.4.2, RFC 8422 5.3. Throws TlsError. */
export function checkKeyOfSuite(
  { kx, auth }: CipherSuiteFacts,
  key: KeyObject,
  { supportedGroups }: ClientHello,
): void {
  const kind = key.asymmetricKeyType
  const right =
    auth === 'rsa'
      ? kind === 'rsa' || (kind === 'rsa-pss' && kx !== 'rsa')
      : kind === 'ec' || kind === 'ed25519' || kind === 'ed448'
  if (!right) fail('illegal-parameter', 'a suite that does not fit the key of the certificate')
  if (kind !== 'ec' || !supportedGroups) return
  const group = groupsOfCurves[key.asymmetricKeyDetails?.namedCurve ?? '']
  if (group === undefined || !supportedGroups.includes(group))
    fail('illegal-parameter', 'a certificate with a key on a curve that was not offered')
}

/** What a signature of the server is checked against. */
export interface Signed {
  /** Absent before TLS 1.2, where the key decides. */
  readonly scheme: number | undefined
  readonly signature: Uint8Array
  readonly over: readonly Uint8Array[]
  readonly key: KeyObject
}

/** The signature schemes that a hello takes: RFC 8446 4.2.3, RFC 5246 7.4.1.4.1. */
export const schemesOf = ({ signatureAlgorithms }: ClientHello, version: number): readonly number[] =>
  signatureAlgorithms ?? (version === tls12 ? defaultSchemes : [])

/** Refuses a signature by a scheme that is not offered or does not fit the key, and one that is wrong. Throws TlsError. */
export function checkSigned(signed: Signed, offered: readonly number[], version: number): void {
  const { scheme, signature, over, key } = signed
  if (scheme !== undefined) {
    if (!offered.includes(scheme) || isGrease(scheme))
      fail('illegal-parameter', `signature scheme ${scheme}, which was not offered`)
    if (!fits(scheme, key, version === tls13))
      fail('illegal-parameter', `signature scheme ${scheme} does not fit the key`)
  } else if (key.asymmetricKeyType?.startsWith('ed')) fail('illegal-parameter', 'EdDSA before TLS 1.2') // RFC 8422 5.10
  const check = checkSignature({ algorithm: scheme, signature, certificate: undefined, key, signed: over, covers: '' })
  if (check.passed !== true) fail('decrypt-error', `the signature of the server: ${check.detail}`, 'bad-signature')
}
