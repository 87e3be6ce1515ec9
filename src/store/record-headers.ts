import type { RecordHeader } from '../wire/tls/capture.ts'

/**
 * Of a record header as the store keeps it, big-endian: at float64, offset uint48, then the header as it was sent: type
 * uint8, version uint16, length uint16.
 */
export const packedHeaderBytes = 19

/** Writes what stands before the header itself, whose five bytes follow. */
export function packRecordHeader(bytes: Buffer, start: number, at: number, offset: number): void {
  bytes.writeDoubleBE(at, start)
  bytes.writeUIntBE(offset, start + 8, 6)
}

/** Bytes after the last whole header are left out. */
export function unpackRecordHeaders(packed: Uint8Array): RecordHeader[] {
  const bytes = Buffer.from(packed.buffer, packed.byteOffset, packed.length)
  return Array.from({ length: Math.floor(bytes.length / packedHeaderBytes) }, (_, index) => {
    const start = index * packedHeaderBytes
    return {
      at: bytes.readDoubleBE(start),
      offset: bytes.readUIntBE(start + 8, 6),
      type: bytes.readUInt8(start + 14),
      version: bytes.readUInt16BE(start + 15),
      length: bytes.readUInt16BE(start + 17),
    }
  })
}
