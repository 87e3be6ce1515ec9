import type { Header } from '../../model/exchange.ts'
import { headerValue } from './content-type.ts'
import { decodeBody } from './decode.ts'

const mostBytes = 4 * 1024 * 1024

/** A body as a person reads it: content codings undone, 4 MB of it at most; as it came where that fails. */
export function decodedBody(bytes: Uint8Array, headers: readonly Header[]): Uint8Array {
  const coding = headerValue(headers, 'content-encoding')
  return coding === undefined ? bytes : decodeBody(bytes, coding, { maxBytes: mostBytes }).bytes
}
