import { ffdhe } from './ffdhe.ts'
import { hybrid } from './hybrid.ts'
import type { KeyPair } from './key-pair.ts'
import { kyber768, mlKem } from './ml-kem.ts'
import { montgomery } from './montgomery.ts'
import { weierstrass } from './weierstrass.ts'

/** By IANA's numbers of named groups. */
const makers: Readonly<Record<number, () => KeyPair>> = {
  21: () => weierstrass('secp224r1'),
  22: () => weierstrass('secp256k1'),
  23: () => weierstrass('prime256v1'),
  24: () => weierstrass('secp384r1'),
  25: () => weierstrass('secp521r1'),
  26: () => weierstrass('brainpoolP256r1'),
  27: () => weierstrass('brainpoolP384r1'),
  28: () => weierstrass('brainpoolP512r1'),
  29: () => montgomery('x25519'),
  30: () => montgomery('x448'),
  31: () => weierstrass('brainpoolP256r1'), // the same curves under numbers of TLS 1.3: RFC 8734
  32: () => weierstrass('brainpoolP384r1'),
  33: () => weierstrass('brainpoolP512r1'),
  256: () => ffdhe(2048),
  257: () => ffdhe(3072),
  258: () => ffdhe(4096),
  259: () => ffdhe(6144),
  260: () => ffdhe(8192),
  512: () => mlKem('ml-kem-512'),
  513: () => mlKem('ml-kem-768'),
  514: () => mlKem('ml-kem-1024'),
}

/** A curve beside a KEM. */
interface Hybrid {
  /** Its named group, and the bytes of its share. */
  readonly curve: number
  readonly length: number
  readonly kem: () => KeyPair
  /** Bytes of the KEM's ciphertext where that stands first; the curve does where absent. */
  readonly ciphertext?: number
}

const hybrids: Readonly<Record<number, Hybrid>> = {
  4587: { curve: 23, length: 65, kem: () => mlKem('ml-kem-768') },
  4588: { curve: 29, length: 32, kem: () => mlKem('ml-kem-768'), ciphertext: 1088 },
  4589: { curve: 24, length: 97, kem: () => mlKem('ml-kem-1024') },
  25497: { curve: 29, length: 32, kem: kyber768 },
}

const able = new Map<number, boolean>()

/** Whether node:crypto, as it is here, makes key pairs of a group: no list of it says so, so one is made. */
export function canAgree(group: number): boolean {
  let known = able.get(group)
  if (known === undefined && (group in makers || group in hybrids)) {
    known = works(() => made(group, new Map()))
    able.set(group, known)
  }
  return known ?? false
}

/**
 * A key pair of a group, or undefined where none can be made. Key pairs of curves that are in `curves` are taken from there,
 * new ones put there: so a hybrid share and a plain one can have the same.
 */
export const keyPair = (group: number, curves: Map<number, KeyPair> = new Map()): KeyPair | undefined =>
  canAgree(group) ? made(group, curves) : undefined

function made(group: number, curves: Map<number, KeyPair>): KeyPair {
  const mixed = hybrids[group]
  if (mixed) {
    const { curve, length, kem, ciphertext } = mixed
    const [plain, other] = [made(curve, curves), kem()]
    return ciphertext === undefined ? hybrid(plain, other, length) : hybrid(other, plain, ciphertext)
  }
  const pair = curves.get(group) ?? makers[group]!()
  curves.set(group, pair)
  return pair
}

/** The part of a hybrid share that is a share of its curve; undefined where it is none. */
export function curveShare(
  group: number,
  share: Uint8Array,
): { readonly group: number; readonly key: Uint8Array } | undefined {
  const mixed = hybrids[group]
  if (!mixed) return undefined
  const { curve, length, ciphertext } = mixed
  return { group: curve, key: ciphertext === undefined ? share.subarray(0, length) : share.subarray(-length) }
}

function works(make: () => unknown): boolean {
  try {
    make()
    return true
  } catch {
    return false
  }
}
