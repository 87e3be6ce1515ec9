import { constants, createPublicKey, verify } from 'node:crypto'
import { remembered } from '../remembered.ts'
import type { SignatureAlgorithm } from './algorithm.ts'
import { derCertificate } from './der-certificate.ts'

/** Whether `issuer`'s key made the signature on `certificate`; undefined where OpenSSL knows no such key. */
export const isSignedBy = remembered((certificate: Uint8Array, issuer: Uint8Array): boolean | undefined => {
  try {
    return derCertificate(certificate).verify(derCertificate(issuer).publicKey)
  } catch {
    return undefined
  }
})

/**
 * Whether the key (SubjectPublicKeyInfo in DER) made the signature on `signed`; undefined where OpenSSL knows no such
 * key or algorithm.
 */
export function isMadeBy(
  spki: Uint8Array,
  { name, hash }: SignatureAlgorithm,
  signed: Uint8Array,
  signature: Uint8Array,
): boolean | undefined {
  try {
    const key = createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' })
    const pss = { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_AUTO }
    return verify(hash?.replace('SHA-', 'sha'), signed, name === 'RSASSA-PSS' ? { key, ...pss } : key, signature)
  } catch {
    return undefined
  }
}
