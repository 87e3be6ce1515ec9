import { decodeBody } from '../../formats/decode.ts'
import type { Header } from '../../model/exchange.ts'
import { headerValue, readContentType } from '../body/content-type.ts'

export interface BodyJson {
  /** Bytes of the whole body as it came. */
  readonly length: number
  /** Content codings undone, in the order in which they were undone. */
  readonly decodedFrom?: readonly string[]
  /** Why the codings could not be undone. */
  readonly problem?: string
  /** Bytes that `text` or `base64` stand for. */
  readonly shown: number
  /** Nothing is missing from them. */
  readonly whole: boolean
  /** Where the bytes are text in their charset. */
  readonly text?: string
  readonly base64?: string
}

const mostShown = 64 * 1024
const mostDecoded = 8 * 1024 * 1024

/**
 * A body for programs, its content codings undone, up to 64 KiB of it.
 * @param bytes the body as it came, or its beginning
 * @param length bytes of the whole body as it came
 */
export function bodyJson(bytes: Uint8Array, headers: readonly Header[], length: number): BodyJson {
  const cut = length > bytes.length
  const {
    bytes: decoded,
    undone,
    problem,
  } = decodeBody(bytes, headerValue(headers, 'content-encoding'), {
    maxBytes: mostDecoded,
  })
  const shown = decoded.subarray(0, mostShown)
  const whole = !cut && shown.length === decoded.length
  const text = textOf(shown, readContentType(headerValue(headers, 'content-type')).charset, whole)
  return {
    length,
    ...(undone.length > 0 && { decodedFrom: undone }),
    ...(problem !== undefined && !(cut && problem.endsWith('ends early')) && { problem }),
    shown: shown.length,
    whole,
    ...(text === undefined ? { base64: Buffer.from(shown).toString('base64') } : { text }),
  }
}

/** The bytes as text that stands for nothing else; a character that was cut at the end is left out. */
function textOf(bytes: Uint8Array, charset = 'utf-8', whole: boolean): string | undefined {
  try {
    return new TextDecoder(charset, { fatal: true, ignoreBOM: true }).decode(bytes, { stream: !whole })
  } catch {
    return undefined // not in that charset, or it has no such name
  }
}
