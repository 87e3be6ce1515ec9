import { type Names, shower } from './names.ts'

/** RFC 9180 7 and IANA's HPKE registry: what Encrypted Client Hello is made of. */
export const hpkeKems: Names = {
  16: 'DHKEM(P-256, HKDF-SHA256)',
  17: 'DHKEM(P-384, HKDF-SHA384)',
  18: 'DHKEM(P-521, HKDF-SHA512)',
  19: 'DHKEM(CP-256, HKDF-SHA256)',
  20: 'DHKEM(CP-384, HKDF-SHA384)',
  21: 'DHKEM(CP-521, HKDF-SHA512)',
  22: 'DHKEM(secp256k1, HKDF-SHA256)',
  32: 'DHKEM(X25519, HKDF-SHA256)',
  33: 'DHKEM(X448, HKDF-SHA512)',
  48: 'X25519Kyber768Draft00',
  64: 'ML-KEM-512',
  65: 'ML-KEM-768',
  66: 'ML-KEM-1024',
  80: 'MLKEM768-P256',
  81: 'MLKEM1024-P384',
  25722: 'X-Wing',
}
export const hpkeKdfs: Names = { 1: 'HKDF-SHA256', 2: 'HKDF-SHA384', 3: 'HKDF-SHA512' }
export const hpkeAeads: Names = { 1: 'AES-128-GCM', 2: 'AES-256-GCM', 3: 'ChaCha20Poly1305', 65535: 'export-only' }
/** RFC 9849 */
export const echVersions: Names = { 65034: 'draft-10', 65037: 'ECH' }
export const echClientHelloTypes: Names = { 0: 'outer', 1: 'inner' }

export const showKem = shower(hpkeKems)
export const showKdf = shower(hpkeKdfs)
export const showAead = shower(hpkeAeads)
