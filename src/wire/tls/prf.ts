import { createHash, createHmac } from 'node:crypto'
import { ssl3Expand } from './ssl3.ts'

/** `md5-sha1` is the pair of TLS 1.0 and 1.1; SSL 3.0 pairs them in a way of its own. */
export type PrfHash = 'ssl3' | 'md5-sha1' | 'sha256' | 'sha384'

/**
 * The pseudorandom function of TLS 1.0 and 1.1 (RFC 2246 5: MD5 and SHA-1 over the halves of the secret) and of
 * TLS 1.2 (RFC 5246 5). SSL 3.0 has none: RFC 6101 6.1 and 6.2.2 stretch a secret without a label. `length` in bytes.
 */
export function prf(hash: PrfHash, secret: Uint8Array, label: string, seed: Uint8Array, length: number): Uint8Array {
  if (hash === 'ssl3') return ssl3Expand(secret, seed, length)
  const labelled = Buffer.concat([Buffer.from(label, 'latin1'), seed])
  if (hash !== 'md5-sha1') return expand(hash, secret, labelled, length)
  const half = Math.ceil(secret.length / 2) // the halves share the middle byte of an odd secret
  const md5 = expand('md5', secret.subarray(0, half), labelled, length)
  const sha1 = expand('sha1', secret.subarray(secret.length - half), labelled, length)
  return md5.map((byte, i) => byte ^ sha1[i]!)
}

/** The hash of the handshake messages that the PRF's Finished and session hash use. */
export function digest(hash: string, bytes: readonly Uint8Array[]): Uint8Array {
  if (hash === 'md5-sha1' || hash === 'ssl3') return Buffer.concat([digest('md5', bytes), digest('sha1', bytes)])
  const running = createHash(hash)
  for (const part of bytes) running.update(part)
  return running.digest()
}

export function hmac(hash: string, key: Uint8Array, ...parts: readonly Uint8Array[]): Uint8Array {
  const running = createHmac(hash, key)
  for (const part of parts) running.update(part)
  return running.digest()
}

/** P_hash of RFC 5246 5. */
function expand(hash: string, secret: Uint8Array, seed: Uint8Array, length: number): Uint8Array {
  const out = new Uint8Array(length)
  let a = seed
  for (let filled = 0; filled < length; ) {
    a = hmac(hash, secret, a)
    const block = hmac(hash, secret, a, seed).subarray(0, length - filled)
    out.set(block, filled)
    filled += block.length
  }
  return out
}
