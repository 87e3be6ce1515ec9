import type { Show } from '../../reader.ts'
import { hexNumber, isGrease, type Names, namesIn, registryOf } from './names.ts'

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

/** IANA's TLS SignatureScheme registry, March 2026, with the pairs of TLS 1.2 that are named as its schemes are. */
const listed = registryOf(`
  0x0201 rsa_pkcs1_sha1 dsa_sha1 ecdsa_sha1
  0x0301 rsa_pkcs1_sha224 dsa_sha224 ecdsa_sha224
  0x0401 rsa_pkcs1_sha256 dsa_sha256 ecdsa_secp256r1_sha256
  0x0420 rsa_pkcs1_sha256_legacy
  0x0501 rsa_pkcs1_sha384 dsa_sha384 ecdsa_secp384r1_sha384
  0x0520 rsa_pkcs1_sha384_legacy
  0x0601 rsa_pkcs1_sha512 dsa_sha512 ecdsa_secp521r1_sha512
  0x0620 rsa_pkcs1_sha512_legacy
  0x0704 eccsi_sha256 iso_ibs1 iso_ibs2 iso_chinese_ibs sm2sig_sm3 gostr34102012_256a gostr34102012_256b
  0x070b gostr34102012_256c gostr34102012_256d gostr34102012_512a gostr34102012_512b gostr34102012_512c
  0x0804 rsa_pss_rsae_sha256 rsa_pss_rsae_sha384 rsa_pss_rsae_sha512 ed25519 ed448 rsa_pss_pss_sha256
  0x080a rsa_pss_pss_sha384 rsa_pss_pss_sha512
  0x081a ecdsa_brainpoolP256r1tls13_sha256 ecdsa_brainpoolP384r1tls13_sha384 ecdsa_brainpoolP512r1tls13_sha512
  0x0904 mldsa44 mldsa65 mldsa87
  0x0911 slhdsa_sha2_128s slhdsa_sha2_128f slhdsa_sha2_192s slhdsa_sha2_192f slhdsa_sha2_256s slhdsa_sha2_256f
  0x0917 slhdsa_shake_128s slhdsa_shake_128f slhdsa_shake_192s slhdsa_shake_192f slhdsa_shake_256s slhdsa_shake_256f
`)

/** TLS 1.3 schemes; below them the TLS 1.2 pairs of hash and signature, such as `rsa_md5`. */
export const signatureSchemes: Names = { ...pairs, ...listed }

/** `rsa_pss_rsae_sha256 (0x0804)`; an unknown pair keeps its number. */
export const showSignatureScheme: Show = value => {
  const name = signatureSchemes[value]
  if (name !== undefined) return `${name} (${hexNumber(value)})`
  return isGrease(value) ? `GREASE (${hexNumber(value)})` : hexNumber(value)
}

export const schemeNames = (values: readonly number[]): string => namesIn(signatureSchemes, values, 6)
