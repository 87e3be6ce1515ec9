/**
 * How a field line stands in its block, in one octet: its kind in two bits, and whether its literal strings are Huffman
 * coded (RFC 7541 6).
 */
export type Way = number

export const indexed = 0
export const incremental = 1
export const notIndexed = 2
export const neverIndexed = 3

export const nameCoded = 4
export const valueCoded = 8
/** Whichever is shorter, for both strings. */
export const shortest = 16

export const kindOf = (way: Way): number => way & 3
