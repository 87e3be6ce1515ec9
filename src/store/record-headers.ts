import type { RecordHeader } from '../wire/tls/capture.ts'

const size = 19

/**
 * Record headers as the store keeps them, 19 bytes each, big-endian: at float64, offset uint48, type uint8,
 * version uint16, length uint16.
 */
export function packRecordHeaders(headers: readonly RecordHeader[]): Uint8Array {
  const packed = Buffer.allocUnsafe(headers.length * size)
  headers.forEach(({ at, offset, type, version, length }, index) => {
    const start = index * size
    packed.writeDoubleBE(at, start)
    packed.writeUIntBE(offset, start + 8, 6)
    packed.writeUInt8(type, start + 14)
    packed.writeUInt16BE(version, start + 15)
    packed.writeUInt16BE(length, start + 17)
  })
  return packed
}

/** The reverse. Bytes after the last whole header are left out. */
export function unpackRecordHeaders(packed: Uint8Array): RecordHeader[] {
  const bytes = Buffer.from(packed.buffer, packed.byteOffset, packed.length)
  return Array.from({ length: Math.floor(bytes.length / size) }, (_, index) => {
    const start = index * size
    return {
      at: bytes.readDoubleBE(start),
      offset: bytes.readUIntBE(start + 8, 6),
      type: bytes.readUInt8(start + 14),
      version: bytes.readUInt16BE(start + 15),
      length: bytes.readUInt16BE(start + 17),
    }
  })
}
