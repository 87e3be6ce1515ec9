import { charsetOf } from '../../formats/charset.ts'
import { mostTextBytes, type RenderInput } from './renderer.ts'

export interface ReadText {
  readonly text: string
  /** The encoding's WHATWG name, such as `utf-8`. */
  readonly charset: string
}

/**
 * The beginning of a body as text. A byte order mark wins, then the charset of the Content-Type, then what an HTML or
 * XML head says, then UTF-8, then windows-1252. Bytes that do not fit become U+FFFD.
 */
export function readText(input: RenderInput): ReadText {
  const bytes = input.bytes.subarray(0, mostTextBytes)
  const label = charsetOf({ ...input, bytes })
  if (label !== undefined) return decode(bytes, label)
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true })
    return { text, charset: 'utf-8' }
  } catch {
    return decode(bytes, isMostlyUtf8(bytes) ? 'utf-8' : 'windows-1252')
  }
}

export const textOf = (input: RenderInput): string => readText(input).text

function decode(bytes: Uint8Array, label: string): ReadText {
  const decoder = new TextDecoder(label)
  return { text: decoder.decode(bytes), charset: decoder.encoding }
}

/** A few broken bytes in a text with other valid sequences are damage, not another charset. */
function isMostlyUtf8(bytes: Uint8Array): boolean {
  const sample = new TextDecoder().decode(bytes.subarray(0, 65_536))
  const broken = sample.match(/\ufffd/g)?.length ?? 0
  const whole = sample.match(/[^\x00-\x7f\ufffd]/g)?.length ?? 0
  return whole >= broken
}
