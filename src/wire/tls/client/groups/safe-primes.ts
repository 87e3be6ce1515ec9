import { getDiffieHellman } from 'node:crypto'

export type PrimeBits = 2048 | 3072 | 4096 | 6144 | 8192

interface SafePrimes {
  /** The additive constant of RFC 7919 A. */
  readonly x: bigint
  /** The group of RFC 3526, as node:crypto names it. */
  readonly modp: string
  /** Of a private exponent, twice as strong as the prime: RFC 7919 A. */
  readonly exponentBits: number
}

const safe: Readonly<Record<PrimeBits, SafePrimes>> = {
  2048: { x: 560_316n, modp: 'modp14', exponentBits: 225 },
  3072: { x: 2_625_351n, modp: 'modp15', exponentBits: 275 },
  4096: { x: 5_736_041n, modp: 'modp16', exponentBits: 325 },
  6144: { x: 15_705_020n, modp: 'modp17', exponentBits: 375 },
  8192: { x: 10_965_728n, modp: 'modp18', exponentBits: 400 },
}

const primes = new Map<PrimeBits, Buffer>()

/** The prime of a group of RFC 7919 A: p = 2^b - 2^(b-64) + ([2^(b-130) e] + X) 2^64 - 1. */
export function ffdhePrime(bits: PrimeBits): Buffer {
  const known = primes.get(bits)
  if (known) return known
  const b = BigInt(bits)
  const p = (1n << b) - (1n << (b - 64n)) + (((euler(b) >> 130n) + safe[bits].x) << 64n) - 1n
  const prime = Buffer.from(p.toString(16), 'hex')
  primes.set(bits, prime)
  return prime
}

/** e with so many bits behind the point, as the sum of 1 / n!. */
function euler(bits: bigint): bigint {
  let sum = 0n
  for (let n = 1n, term = 1n << bits; term > 0n; term /= n++) sum += term
  return sum
}

/**
 * How long a private exponent must be in the field of a prime. As long as the prime allows, unless it is known to be safe,
 * (p - 1) / 2 being prime too: in other fields a short one may be found in parts. `prime` has no zeros in front.
 */
export function exponentBits(prime: Uint8Array): number {
  const bits = prime.length * 8 - Math.clz32(prime[0] ?? 0) + 24
  if (!(bits in safe)) return bits - 1
  const { modp, exponentBits } = safe[bits as PrimeBits]
  const known = [ffdhePrime(bits as PrimeBits), getDiffieHellman(modp).getPrime()]
  return known.some(each => each.equals(prime)) ? exponentBits : bits - 1
}
