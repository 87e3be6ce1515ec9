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

/** The charset that a body names itself, or its Content-Type; undefined where neither names one that is known. */
export function charsetOf({ bytes, charset }: Pick<RenderInput, 'bytes' | 'charset'>): string | undefined {
  const label = markOf(bytes) ?? (known(charset) ? charset : undefined) ?? declared(bytes)
  return known(label) ? label : undefined
}

export const textOf = (input: RenderInput): string => readText(input).text

function decode(bytes: Uint8Array, label: string): ReadText {
  const decoder = new TextDecoder(label)
  return { text: decoder.decode(bytes), charset: decoder.encoding }
}

function known(label: string | undefined): label is string {
  try {
    return label !== undefined && Boolean(new TextDecoder(label))
  } catch {
    return false
  }
}

function markOf([a, b, c]: Uint8Array): string | undefined {
  if (a === 0xef && b === 0xbb && c === 0xbf) return 'utf-8'
  if (a === 0xff && b === 0xfe) return 'utf-16le'
  return a === 0xfe && b === 0xff ? 'utf-16be' : undefined
}

/** HTML's `<meta charset>` in the first 1024 bytes, XML's `encoding` in its declaration. */
function declared(bytes: Uint8Array): string | undefined {
  const head = Buffer.from(bytes.subarray(0, 1024)).toString('latin1')
  const label =
    /^\s*<\?xml[^>]{0,200}?\sencoding\s*=\s*["']([\w.:-]{1,40})["']/.exec(head)?.[1] ??
    /<meta\b[^>]{0,200}?charset\s*=\s*["']?([\w.:-]{1,40})/i.exec(head)?.[1]
  // A declaration that could be read as ASCII cannot be in UTF-16.
  return label && /^utf-?16/i.test(label) ? 'utf-8' : label
}

/** A few broken bytes in a text with other valid sequences are damage, not another charset. */
function isMostlyUtf8(bytes: Uint8Array): boolean {
  const sample = new TextDecoder().decode(bytes.subarray(0, 65_536))
  const broken = sample.match(/\ufffd/g)?.length ?? 0
  const whole = sample.match(/[^\x00-\x7f\ufffd]/g)?.length ?? 0
  return whole >= broken
}
