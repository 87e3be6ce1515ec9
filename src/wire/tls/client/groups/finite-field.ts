import { diffieHellman, randomBytes } from 'node:crypto'
import { TlsError, UnsupportedError } from '../tls-error.ts'
import { dhPrivateKey, dhPublicKey, dhPublicValue } from './dh-keys.ts'
import { agreed, type KeyPair } from './key-pair.ts'
import { exponentBits } from './safe-primes.ts'

const [fewestBits, mostBits] = [2048, 8192]
const mostUnknownBits = 4096 // the exponent is as long as the prime there, and 8,192 bits would take 0.5 s

/**
 * Diffie-Hellman in a field of 2,048 to 8,192 bits; the numbers are big-endian. Share and secret are as long as the prime.
 * Whether it is a prime is not proved: that takes seconds, and the server that signs it hurts nobody but itself. Throws a
 * TlsError: insufficient_security for a small group, illegal_parameter for an impossible one; UnsupportedError for one that
 * is large and not known.
 */
export function finiteField(prime: Uint8Array, generator: Uint8Array): KeyPair {
  const p = number(prime)
  const bits = p.toString(2).length
  if (bits < fewestBits) throw new TlsError(71, `a Diffie-Hellman group of ${bits} bits`)
  const g = number(generator)
  if (bits > mostBits || p % 2n === 0n || g <= 1n || g >= p - 1n)
    throw new TlsError(47, `an impossible Diffie-Hellman group of ${bits} bits`)
  const length = Math.ceil(bits / 8)
  const group = { prime: prime.subarray(prime.length - length), generator }
  const secretBits = exponentBits(group.prime)
  if (secretBits >= mostUnknownBits) throw new UnsupportedError(`an unknown Diffie-Hellman group of ${bits} bits`)
  const privateKey = dhPrivateKey(group, exponent(secretBits))
  return {
    share: padded(dhPublicValue(privateKey), length),
    agree: peer =>
      agreed(() => {
        const y = number(peer)
        if (y <= 1n || y >= p - 1n) throw new RangeError('not within 2 to p - 2') // RFC 7919 5.1, RFC 8446 4.2.8.1
        return padded(diffieHellman({ privateKey, publicKey: dhPublicKey(group, peer) }), length)
      }),
  }
}

/** A random number of so many bits, the first of them set. */
function exponent(bits: number): Buffer {
  const bytes = randomBytes(Math.ceil(bits / 8))
  const top = 1 << ((bits - 1) % 8)
  bytes[0] = (bytes[0]! & (top - 1)) | top
  return bytes
}

const number = (bytes: Uint8Array): bigint => BigInt(`0x${Buffer.from(bytes).toString('hex') || '0'}`)

const padded = (bytes: Uint8Array, length: number): Buffer =>
  Buffer.concat([Buffer.alloc(Math.max(0, length - bytes.length)), bytes])
