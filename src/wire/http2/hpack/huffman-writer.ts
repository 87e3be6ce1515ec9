import { codeLengths, codes } from './huffman.ts'

const codeOf = Uint32Array.from(codes())
const lengthOf = Uint8Array.from(codeLengths)

/** Octets that the Huffman code of a latin1 string has (RFC 7541 5.2). */
export function huffmanLength(text: string): number {
  let bits = 0
  for (let i = 0; i < text.length; i++) bits += lengthOf[text.charCodeAt(i) & 0xff]!
  return (bits + 7) >> 3
}

/** Writes the Huffman code of a latin1 string from `at` on; returns where it ends. The room must be there. */
export function writeHuffman(text: string, into: Uint8Array, at: number): number {
  let pending = 0
  let bits = 0
  for (let i = 0; i < text.length; i++) {
    const octet = text.charCodeAt(i) & 0xff
    let code = codeOf[octet]!
    let length = lengthOf[octet]!
    if (length > 16) {
      // 30 bits of a code and 7 that wait are more than a number of 32 bits takes
      pending = (pending << (length - 16)) | (code >>> 16)
      bits += length - 16
      for (; bits >= 8; bits -= 8) into[at++] = pending >>> (bits - 8)
      code &= 0xffff
      length = 16
    }
    pending = (pending << length) | code
    bits += length
    for (; bits >= 8; bits -= 8) into[at++] = pending >>> (bits - 8)
  }
  if (bits > 0) into[at++] = (pending << (8 - bits)) | (0xff >> bits)
  return at
}
