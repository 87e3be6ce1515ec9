export const headerLength = 5 // type, version, length

/** Writes the header of a record at `at`: RFC 8446 5.1. `length` is that of the fragment, in bytes. */
export function writeHeader(into: Buffer, at: number, type: number, version: number, length: number): void {
  into[at] = type
  into[at + 1] = version >> 8
  into[at + 2] = version & 255
  into[at + 3] = length >> 8
  into[at + 4] = length & 255
}

/** A header behind its sequence number: what a MAC (RFC 5246 6.2.3.1) or an AEAD of TLS 1.2 (6.2.3.3) covers besides. */
export function numberedHeader(sequence: bigint, type: number, version: number, length: number): Buffer {
  const header = Buffer.allocUnsafe(8 + headerLength)
  header.writeBigUInt64BE(sequence, 0)
  writeHeader(header, 8, type, version, length)
  return header
}
