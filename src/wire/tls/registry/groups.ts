import { type Names, registryOf, shower } from './names.ts'

/** IANA's TLS Supported Groups registry, March 2026. */
const listed = registryOf(`
  1 sect163k1 sect163r1 sect163r2 sect193r1 sect193r2 sect233k1 sect233r1 sect239k1 sect283k1 sect283r1 sect409k1
  12 sect409r1 sect571k1 sect571r1 secp160k1 secp160r1 secp160r2 secp192k1 secp192r1 secp224k1 secp224r1 secp256k1
  23 secp256r1 secp384r1 secp521r1 brainpoolP256r1 brainpoolP384r1 brainpoolP512r1 x25519 x448 brainpoolP256r1tls13
  32 brainpoolP384r1tls13 brainpoolP512r1tls13 GC256A GC256B GC256C GC256D GC512A GC512B GC512C curveSM2
  256 ffdhe2048 ffdhe3072 ffdhe4096 ffdhe6144 ffdhe8192
  512 MLKEM512 MLKEM768 MLKEM1024
  4587 SecP256r1MLKEM768 X25519MLKEM768 SecP384r1MLKEM1024 curveSM2MLKEM768
  25497 X25519Kyber768Draft00 SecP256r1Kyber768Draft00
  65281 arbitrary_explicit_prime_curves arbitrary_explicit_char2_curves
`)

export const groups: Names = {
  16696: 'CECPQ2',
  65072: 'X25519Kyber512Draft00',
  65073: 'X25519Kyber768Draft00 (old number)',
  65074: 'SecP256r1Kyber768Draft00 (old number)',
  ...listed,
}

export const showGroup = shower(groups)

/** One part of a hybrid share, with its length in bytes in a ClientHello and in a ServerHello. */
export interface SharePart {
  readonly name: string
  readonly client: number
  readonly server: number
}

const point = (name: string, length: number): SharePart => ({ name, client: length, server: length })
const mlkem768: SharePart = { name: 'ml_kem_768', client: 1184, server: 1088 }
const mlkem1024: SharePart = { name: 'ml_kem_1024', client: 1568, server: 1568 }
const kyber512: SharePart = { name: 'kyber_512', client: 800, server: 768 }
const kyber768: SharePart = { name: 'kyber_768', client: 1184, server: 1088 }

/** draft-ietf-tls-ecdhe-mlkem 4: the parts of a hybrid share in wire order. X25519MLKEM768 alone has ML-KEM first. */
export const hybridGroups: Readonly<Record<number, readonly [SharePart, SharePart] | undefined>> = {
  4587: [point('secp256r1', 65), mlkem768],
  4588: [mlkem768, point('x25519', 32)],
  4589: [point('secp384r1', 97), mlkem1024],
  4590: [point('curve_sm2', 65), mlkem768],
  25497: [point('x25519', 32), kyber768],
  25498: [point('secp256r1', 65), kyber768],
  65072: [point('x25519', 32), kyber512],
  65073: [point('x25519', 32), kyber768],
  65074: [point('secp256r1', 65), kyber768],
}
