import { type ByteReader, MalformedError } from '../../reader.ts'
import { keyUpdateRequests, showByte } from '../registry/parameters.ts'
import type { MessageValue } from '../values.ts'

const showRequest = showByte(keyUpdateRequests)

/** RFC 8446 4.6.3: any other value is an error there. */
export function keyUpdate(r: ByteReader): MessageValue {
  const at = r.offset
  const requested = r.u8('request_update', showRequest)
  if (requested > 1) throw new MalformedError(at, `key_update: request_update is ${requested}`)
  r.end()
  return { name: 'key_update', requested: requested === 1 }
}
