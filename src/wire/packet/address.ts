import { u16 } from '../bytes.ts'

/** An IPv4 (`size` 4) or IPv6 address (16) as text, the shortest there is (RFC 5952 4). */
export function addressOf(bytes: Uint8Array, at: number, size: 4 | 16): string {
  if (size === 4) return bytes.subarray(at, at + 4).join('.')
  const groups = Array.from({ length: 8 }, (_, i) => u16(bytes, at + 2 * i).toString(16)).join(':')
  return new URL(`http://[${groups}]/`).hostname.slice(1, -1)
}
