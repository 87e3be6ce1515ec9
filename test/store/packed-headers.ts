import { packedHeaderBytes, packRecordHeader } from '../../src/store/record-headers.ts'
import type { RecordHeader } from '../../src/wire/tls/capture.ts'

export function packedHeaders(headers: readonly RecordHeader[]): Buffer {
  const bytes = Buffer.alloc(headers.length * packedHeaderBytes)
  headers.forEach(({ at, offset, type, version, length }, index) => {
    const start = index * packedHeaderBytes
    packRecordHeader(bytes, start, at, offset)
    bytes.writeUInt8(type, start + 14)
    bytes.writeUInt16BE(version, start + 15)
    bytes.writeUInt16BE(length, start + 17)
  })
  return bytes
}
