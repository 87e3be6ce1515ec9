import { type ByteReader, MalformedError } from '../../reader.ts'
import type { MessageValue } from '../values.ts'

/** RFC 5246 7.1; in TLS 1.3 only for middleboxes (RFC 8446 D.4). The byte is always 1. */
export function changeCipherSpec(r: ByteReader): MessageValue {
  const at = r.offset
  const type = r.u8('type', value => (value === 1 ? 'change_cipher_spec (1)' : String(value)))
  if (type !== 1) throw new MalformedError(at, `change_cipher_spec: type is ${type}`)
  r.end()
  return { name: 'change_cipher_spec' }
}
