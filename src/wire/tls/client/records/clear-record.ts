import { headerLength, writeHeader } from '../../record-header.ts'

/** A record that nothing protects: RFC 8446 5.1. `content` is at most `maxPlaintext` bytes. */
export function clearRecord(type: number, version: number, content: Uint8Array): Buffer {
  const record = Buffer.allocUnsafe(headerLength + content.length)
  writeHeader(record, 0, type, version, content.length)
  record.set(content, headerLength)
  return record
}
