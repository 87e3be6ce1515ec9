import { contentType } from './protocol.ts'
import { clearRecord } from './records/clear-record.ts'

/** A ClientHello in records of so many bytes each, as its client cut it; what is left is in the last one. RFC 8446 5.1 */
export function helloRecords(message: Uint8Array, version: number, lengths: readonly number[] = []): Buffer {
  const records: Buffer[] = []
  let at = 0
  for (const length of lengths.slice(0, -1)) {
    if (length === 0 || at + length >= message.length) continue
    records.push(clearRecord(contentType.handshake, version, message.subarray(at, at + length)))
    at += length
  }
  return Buffer.concat([...records, clearRecord(contentType.handshake, version, message.subarray(at))])
}
