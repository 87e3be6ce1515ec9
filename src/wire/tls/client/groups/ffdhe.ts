import { finiteField } from './finite-field.ts'
import { badShare, type KeyPair } from './key-pair.ts'

export type FfdheBits = 2048 | 3072 | 4096 | 6144 | 8192

/** RFC 7919 A: the additive constant of each prime, and the bits of an exponent. */
const groups: Readonly<Record<FfdheBits, { readonly x: bigint; readonly exponentBits: number }>> = {
  2048: { x: 560_316n, exponentBits: 225 },
  3072: { x: 2_625_351n, exponentBits: 275 },
  4096: { x: 5_736_041n, exponentBits: 325 },
  6144: { x: 15_705_020n, exponentBits: 375 },
  8192: { x: 10_965_728n, exponentBits: 400 },
}

const generator = Buffer.of(2)
const primes = new Map<FfdheBits, Buffer>()

/** A group of RFC 7919. The peer's share must be as long as the prime: RFC 8446 4.2.8.1. */
export function ffdhe(bits: FfdheBits): KeyPair {
  const prime = ffdhePrime(bits)
  const { share, agree } = finiteField(prime, generator, groups[bits].exponentBits)
  return {
    share,
    agree: peer => {
      if (peer.length !== prime.length) throw badShare()
      return agree(peer)
    },
  }
}

/** RFC 7919 A: p = 2^b - 2^(b-64) + ([2^(b-130) e] + X) 2^64 - 1. */
export function ffdhePrime(bits: FfdheBits): Buffer {
  const known = primes.get(bits)
  if (known) return known
  const b = BigInt(bits)
  const p = (1n << b) - (1n << (b - 64n)) + (((euler(b) >> 130n) + groups[bits].x) << 64n) - 1n
  const prime = Buffer.from(p.toString(16), 'hex')
  primes.set(bits, prime)
  return prime
}

/** e of so many bits behind the point, as the sum of 1 / n!. */
function euler(bits: bigint): bigint {
  let sum = 0n
  for (let n = 1n, term = 1n << bits; term > 0n; term /= n++) sum += term
  return sum
}
