import { headerValue } from '../../formats/content-type.ts'
import { decodeBody } from '../../formats/decode.ts'
import type { Header } from '../../model/exchange.ts'

const mostBytes = 4 * 1024 * 1024

/** A body as a person reads it: content codings undone, `maxBytes` of it (4 MB); as it came where that fails. */
export function decodedBody(bytes: Uint8Array, headers: readonly Header[], maxBytes = mostBytes): Uint8Array {
  const coding = headerValue(headers, 'content-encoding')
  return coding === undefined ? bytes : decodeBody(bytes, coding, { maxBytes }).bytes
}
