import type { ByteReader } from '../../reader.ts'
import type { MessageValue } from '../values.ts'

/** The messages that say all by being there: RFC 5246 7.4.1.1 and 7.4.5, RFC 8446 4.5. */
export const empty =
  (name: 'hello_request' | 'server_hello_done' | 'end_of_early_data') =>
  (r: ByteReader): MessageValue => {
    r.end()
    return { name }
  }
