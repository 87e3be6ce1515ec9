import { charsetOf } from '../../formats/charset.ts'
import { headerValue, readContentType } from '../../formats/content-type.ts'
import { decodeBody } from '../../formats/decode.ts'
import type { Header } from '../../model/exchange.ts'

export interface BodyJson {
  /** Bytes of the whole body as it came. */
  readonly length: number
  /** Content codings undone, in the order in which they were undone. */
  readonly decodedFrom?: readonly string[]
  /** Why the codings could not be undone, or why bytes are missing that were kept. */
  readonly problem?: string
  /** Bytes that `text` or `base64` stand for. */
  readonly shown: number
  /** Nothing is missing from them. */
  readonly whole: boolean
  /** Where the bytes are text in their charset. */
  readonly text?: string
  /** Which that is, by its WHATWG name. */
  readonly charset?: string
  readonly base64?: string
}

const mostShown = 64 * 1024
const mostDecoded = 8 * 1024 * 1024

/**
 * A body for programs, its content codings undone, up to 64 KiB of it.
 * @param bytes the body as it came, or its beginning
 * @param length bytes of the whole body as it came
 * @param loss why bytes are missing that were kept
 */
export function bodyJson(bytes: Uint8Array, headers: readonly Header[], length: number, loss?: string): BodyJson {
  const cut = length > bytes.length
  const {
    bytes: decoded,
    undone,
    problem: coding,
  } = decodeBody(bytes, headerValue(headers, 'content-encoding'), {
    maxBytes: mostDecoded,
  })
  const problem = loss ?? (cut && coding?.endsWith('ends early') ? undefined : coding)
  const shown = decoded.subarray(0, mostShown)
  const whole = !cut && shown.length === decoded.length
  const { charset, mediaType } = readContentType(headerValue(headers, 'content-type'))
  const read = readText(shown, charset, mediaType, whole)
  return {
    length,
    ...(undone.length > 0 && { decodedFrom: undone }),
    ...(problem !== undefined && { problem }),
    shown: shown.length,
    whole,
    ...(read.text === undefined ? { base64: Buffer.from(shown).toString('base64') } : read),
  }
}

type Read = Pick<BodyJson, 'text' | 'charset'>

/**
 * Bytes as text in the charset in which the screen shows it, and which that is; neither where they are no text. A text
 * whose bytes are in none that is named may be in windows-1252.
 * @param whole false: a character that was cut at the end is left out
 */
export function readText(bytes: Uint8Array, charset: string | undefined, mediaType: string, whole: boolean): Read {
  const named = charsetOf({ bytes, ...(charset !== undefined && { charset }) })
  const read = textOf(bytes, named ?? 'utf-8', whole)
  if (read.text !== undefined || named !== undefined || !mediaType.startsWith('text/')) return read
  return bytes.some(isControl) ? {} : textOf(bytes, 'windows-1252', whole)
}

const isControl = (byte: number): boolean => byte < 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0d

/** The bytes as text that stands for nothing else; a character that was cut at the end is left out. */
function textOf(bytes: Uint8Array, charset: string, whole: boolean): Read {
  const decoder = new TextDecoder(charset, { fatal: true, ignoreBOM: true })
  try {
    return { text: decoder.decode(bytes, { stream: !whole }), charset: decoder.encoding }
  } catch {
    return {} // not in that charset
  }
}
