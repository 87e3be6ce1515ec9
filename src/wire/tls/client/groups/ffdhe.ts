import { finiteField } from './finite-field.ts'
import { badShare, type KeyPair } from './key-pair.ts'
import { ffdhePrime, type PrimeBits } from './safe-primes.ts'

const generator = Buffer.of(2)

/** A group of RFC 7919. The peer's share must be as long as the prime: RFC 8446 4.2.8.1. */
export function ffdhe(bits: PrimeBits): KeyPair {
  const { share, agree } = finiteField(ffdhePrime(bits), generator)
  return {
    share,
    agree: peer => {
      if (peer.length !== share.length) throw badShare()
      return agree(peer)
    },
  }
}
