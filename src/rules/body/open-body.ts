import { headerValue } from '../../formats/content-type.ts'
import { codingsOf, decodeBody } from '../../formats/decode.ts'
import { encodeBody } from '../../formats/encode.ts'
import type { Header } from '../../model/exchange.ts'

export const mostHeld = 8 * 1024 * 1024 // bytes of a body as it comes
export const mostOpened = 32 * 1024 * 1024 // bytes of it with its codings undone

/** A body whose content codings were undone. */
export interface OpenBody {
  readonly bytes: Uint8Array
  /** Does the same codings with other bytes. */
  close(bytes: Uint8Array): Uint8Array
}

/** Why a body cannot be changed, in a clause. */
export class BodyError extends Error {
  override readonly name = 'BodyError'
}

/** Undoes the content codings of a body that is whole. Throws BodyError where it cannot, or where they hide too much. */
export function openBody(headers: readonly Header[], body: Uint8Array, most = mostOpened): OpenBody {
  const coding = headerValue(headers, 'content-encoding')
  const { bytes, problem } = decodeBody(body, coding, { maxBytes: most })
  if (problem) throw new BodyError(`its content coding cannot be undone: ${problem}`)
  if (bytes.length > most) throw new BodyError(`it has ${bytes.length} bytes, and ${most} at most are changed`)
  return { bytes, close: changed => closeBody(headers, changed, body) }
}

/** Does the codings that a head names with these bytes. `like`: a body that came with them. Throws BodyError. */
export function closeBody(headers: readonly Header[], bytes: Uint8Array, like?: Uint8Array): Uint8Array {
  const coding = headerValue(headers, 'content-encoding')
  const coded = encodeBody(bytes, coding, like)
  if (!coded) throw new BodyError(`its content coding is not known: ${coding}`)
  return coded
}

/** Whether a head names a coding. */
export const isCoded = (headers: readonly Header[]): boolean =>
  codingsOf(headerValue(headers, 'content-encoding')).length > 0
