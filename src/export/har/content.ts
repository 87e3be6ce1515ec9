import { headerValue, readContentType } from '../../formats/content-type.ts'
import { decodeBody } from '../../formats/decode.ts'
import type { Header } from '../../model/exchange.ts'
import { readText } from '../../view/json/body-json.ts'

export const mostBody = 64 * 1024 * 1024 // bytes: more is no text that other programs open

/** A body as text or base64, its content codings undone. */
export interface ReadContent {
  /** Bytes that `text` stands for. */
  readonly size: number
  readonly text: string
  readonly isBase64: boolean
  /** In which charset a text was, by its WHATWG name; absent where that is UTF-8. */
  readonly charset?: string
  /** What is not as one would think. */
  readonly comment?: string
}

/**
 * Reads a body for HAR.
 * @param bytes what was kept of it, up to `mostBody`
 * @param length bytes of the whole body as it came
 */
export function readContent(bytes: Uint8Array, headers: readonly Header[], length: number): ReadContent {
  const coding = headerValue(headers, 'content-encoding')
  const { bytes: decoded, problem } = decodeBody(bytes, coding, { maxBytes: mostBody })
  const whole = bytes.length >= length
  const { charset, mediaType } = readContentType(headerValue(headers, 'content-type'))
  const read = readText(decoded, charset, mediaType, whole)
  const text = read.charset === 'utf-8' && decoded.includes(0) ? undefined : read.text
  const comment = [
    ...(whole ? [] : [`the first ${bytes.length} bytes of ${length} as they came`]),
    ...(problem === undefined ? [] : [problem]),
  ].join('; ')
  return {
    size: decoded.length,
    ...(text === undefined ? { text: base64(decoded), isBase64: true } : { text, isBase64: false }),
    ...(text !== undefined && read.charset !== 'utf-8' && { charset: read.charset! }),
    ...(comment !== '' && { comment }),
  }
}

const base64 = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('base64')
