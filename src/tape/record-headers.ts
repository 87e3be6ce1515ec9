/** A record header on the tape: its offset in the TCP payload of its lane as u48, little-endian, then its five bytes. */
export const recordHeaderBytes = 11

const offsetBytes = 6
const sentBytes = 5

/** Packs at `to` the header that stands at `from` of `sent`, and says where the next one goes. */
export function packRecordHeader(into: Uint8Array, to: number, offset: number, sent: Uint8Array, from: number): number {
  const high = Math.floor(offset / 0x1_0000_0000)
  into[to] = high & 255
  into[to + 1] = high >> 8
  into[to + 2] = offset & 255
  into[to + 3] = (offset >>> 8) & 255
  into[to + 4] = (offset >>> 16) & 255
  into[to + 5] = (offset >>> 24) & 255
  for (let i = 0; i < sentBytes; i++) into[to + offsetBytes + i] = sent[from + i]!
  return to + recordHeaderBytes
}

/** Reads them back in order; the five bytes are those of `packed` from `from` on. */
export function readRecordHeaders(packed: Buffer, header: (offset: number, from: number) => void): void {
  for (let at = 0; at + recordHeaderBytes <= packed.length; at += recordHeaderBytes)
    header(packed.readUInt16LE(at) * 0x1_0000_0000 + packed.readUInt32LE(at + 2), at + offsetBytes)
}
