/** Numbers in network byte order at an offset; the caller has made sure that their bytes are there. */

export const u16 = (bytes: Uint8Array, at: number): number => (bytes[at]! << 8) | bytes[at + 1]!

export const u24 = (bytes: Uint8Array, at: number): number =>
  (bytes[at]! << 16) | (bytes[at + 1]! << 8) | bytes[at + 2]!

export const u32 = (bytes: Uint8Array, at: number): number => bytes[at]! * 2 ** 24 + u24(bytes, at + 1)

/** A copy of a part; `slice` of a Buffer is none. */
export const copyOf = (bytes: Uint8Array, from = 0, to = bytes.length): Uint8Array =>
  new Uint8Array(bytes.subarray(from, to))

/** 31 bits after one that is ignored, as HTTP/2 has its stream ids and window increments (RFC 9113 4.1, 6.9). */
export const u31 = (bytes: Uint8Array, at: number): number => ((bytes[at]! & 0x7f) << 24) | u24(bytes, at + 1)
