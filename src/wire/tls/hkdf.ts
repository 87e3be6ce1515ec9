import { hmac } from './prf.ts'

/** HKDF-Expand-Label of RFC 8446 7.1, without the "tls13 " prefix in `label`. `length` in bytes, at most 255 hashes. */
export function expandLabel(
  hash: string,
  secret: Uint8Array,
  label: string,
  context: Uint8Array,
  length: number,
): Uint8Array {
  const full = Buffer.from(`tls13 ${label}`, 'latin1')
  const info = Buffer.concat([
    Uint8Array.of(length >> 8, length & 0xff, full.length),
    full,
    Uint8Array.of(context.length),
    context,
    Uint8Array.of(1), // counts the blocks
  ])
  const out = new Uint8Array(length)
  let block = hmac(hash, secret, info)
  for (let filled = 0; filled < length; ) {
    if (filled > 0) {
      info[info.length - 1]!++
      block = hmac(hash, secret, block, info)
    }
    const part = block.subarray(0, length - filled)
    out.set(part, filled)
    filled += part.length
  }
  return out
}
