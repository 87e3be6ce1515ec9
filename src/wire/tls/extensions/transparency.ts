import type { ByteReader } from '../../reader.ts'
import { showSignatureScheme } from '../registry/signature-schemes.ts'
import { count, opaque, shortHex, vector } from '../vector.ts'
import type { Decode } from './decoder.ts'

/** RFC 6962 3.3: asked for with nothing, answered with a list of signed certificate timestamps. */
export const signedCertificateTimestamp: Decode = r => {
  if (r.remaining === 0) return { shown: 'wanted' }
  const list = readTimestamps(r)
  return { shown: count(list, 'timestamp') }
}

/** A SignedCertificateTimestampList, as in the extension and in a certificate. Answers how many there are. */
function readTimestamps(r: ByteReader): number {
  const lists = vector(r, 2, 'sct_list', readSerialized, list => count(list.length, 'timestamp'))
  return lists.length
}

function readSerialized(r: ByteReader): true {
  const sct = r.block(r.u16('serialized_sct_length'), 'serialized_sct')
  const version = sct.u8('sct_version', value => (value === 0 ? 'v1 (0)' : String(value)))
  if (version === 0) readV1(sct)
  else sct.rest('data', shortHex)
  sct.end()
  return true
}

function readV1(r: ByteReader): void {
  r.bytes(32, 'log_id')
  r.bytes(8, 'timestamp', showTimestamp)
  opaque(r, 2, 'sct_extensions')
  r.u16('algorithm', showSignatureScheme)
  opaque(r, 2, 'signature')
}

/** ms since the epoch in eight bytes. */
function showTimestamp(bytes: Uint8Array): string {
  const ms = bytes.reduce((sum, byte) => sum * 256 + byte, 0)
  return ms <= 8.64e15 ? new Date(ms).toISOString() : `${ms} ms`
}
