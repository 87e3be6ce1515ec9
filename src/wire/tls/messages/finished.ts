import type { ByteReader } from '../../reader.ts'
import type { MessageValue } from '../values.ts'

/** RFC 8446 4.4.4, RFC 5246 7.4.9. Its length is the hash's in TLS 1.3, 12 before, 36 in SSL 3.0: all of it is taken. */
export const finished = (r: ByteReader): MessageValue => ({ name: 'finished', verifyData: r.rest('verify_data') })
