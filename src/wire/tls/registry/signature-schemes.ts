import { SIGNATURE_ALGORITHMS } from 'read-tls-client-hello'
import type { Show } from '../../reader.ts'
import { hexNumber, isGrease, type Names, namesIn } from './names.ts'

/** RFC 5246 7.4.1.4.1 */
const hashAlgorithms: Names = {
  0: 'none',
  1: 'md5',
  2: 'sha1',
  3: 'sha224',
  4: 'sha256',
  5: 'sha384',
  6: 'sha512',
  8: 'intrinsic',
}

/** RFC 5246 7.4.1.4.1, RFC 8422 5.1.3, RFC 9189 */
export const signatureAlgorithms: Names = {
  0: 'anonymous',
  1: 'rsa',
  2: 'dsa',
  3: 'ecdsa',
  7: 'ed25519',
  8: 'ed448',
  64: 'gostr34102012_256',
  65: 'gostr34102012_512',
}

const pairs: Record<number, string> = {}
for (const [hash, hashName] of Object.entries(hashAlgorithms))
  for (const [signature, signatureName] of Object.entries(signatureAlgorithms))
    pairs[Number(hash) * 256 + Number(signature)] = `${signatureName}_${hashName}`

/** TLS 1.3 schemes; below them the TLS 1.2 pairs of hash and signature, such as `rsa_md5`. */
export const signatureSchemes: Names = { ...pairs, ...SIGNATURE_ALGORITHMS }

/** `rsa_pss_rsae_sha256 (0x0804)`; an unknown pair keeps its number. */
export const showSignatureScheme: Show = value => {
  const name = signatureSchemes[value]
  if (name !== undefined) return `${name} (${hexNumber(value)})`
  return isGrease(value) ? `GREASE (${hexNumber(value)})` : hexNumber(value)
}

export const schemeNames = (values: readonly number[]): string => namesIn(signatureSchemes, values, 6)
