import type { ByteReader } from '../../reader.ts'
import { readExtensions } from '../extensions/read-extensions.ts'
import type { Source } from '../message-context.ts'
import type { MessageValue } from '../values.ts'

/** RFC 8446 4.3.1 */
export function encryptedExtensions(r: ByteReader, source: Source): MessageValue {
  const { extensions, facts } = readExtensions(r, source, 'encrypted_extensions')
  r.end()
  const alpn = facts.alpn?.[0]
  return {
    name: 'encrypted_extensions',
    extensions: { extensions, earlyData: facts.earlyData ?? false, ...(alpn !== undefined && { alpn }) },
  }
}
