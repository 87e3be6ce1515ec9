import { headerLength, writeHeader } from '../../record-header.ts'
import { maxPlaintext } from './limits.ts'

/** Content in a record that nothing protects (RFC 8446 5.1), or in several where it is more than `maxPlaintext` bytes. */
export function clearRecord(type: number, version: number, content: Uint8Array): Buffer {
  const count = Math.max(1, Math.ceil(content.length / maxPlaintext))
  const records = Buffer.allocUnsafe(count * headerLength + content.length)
  for (let i = 0, at = 0; i < count; i++) {
    const part = content.subarray(i * maxPlaintext, (i + 1) * maxPlaintext)
    writeHeader(records, at, type, version, part.length)
    records.set(part, at + headerLength)
    at += headerLength + part.length
  }
  return records
}
