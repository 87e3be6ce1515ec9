import { type ByteReader, MalformedError } from '../../reader.ts'
import { showHandshakeType } from '../registry/message-types.ts'

/** RFC 8446 4: type and length of a handshake message, which must be all that `r` holds. Answers the type. */
export function readHeader(r: ByteReader): number {
  const type = r.u8('msg_type', showHandshakeType)
  const length = r.u24('length', value => `${value} bytes`)
  if (length === r.remaining) return type
  throw new MalformedError(r.offset, `length says ${length} bytes, ${r.remaining} are here`)
}

/** As `readHeader`, for a reader of one message: another type is refused. */
export function expectHeader(r: ByteReader, expected: number): void {
  const at = r.offset
  const type = readHeader(r)
  if (type !== expected) throw new MalformedError(at, `handshake type ${type} instead of ${expected}`)
}
