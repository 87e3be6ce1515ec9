import { SUPPORTED_GROUPS } from 'read-tls-client-hello'
import { type Names, shower } from './names.ts'

export const groups: Names = {
  16696: 'CECPQ2',
  65072: 'X25519Kyber512Draft00',
  65073: 'X25519Kyber768Draft00 (old number)',
  65074: 'SecP256r1Kyber768Draft00 (old number)',
  ...SUPPORTED_GROUPS,
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
