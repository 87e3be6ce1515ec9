import { charsetOf } from '../../formats/charset.ts'
import { headerValue, readContentType } from '../../formats/content-type.ts'
import { textEncoding } from '../../formats/encode-text.ts'
import type { Header } from '../../model/exchange.ts'
import { BodyError } from './open-body.ts'

/** The bytes of a body as text, of which every character can be written as it was. */
export interface BodyText {
  /** With its byte order mark. */
  readonly text: string
  /** The WHATWG's name. */
  readonly charset: string
  /** In the same charset. Throws BodyError for what it has not. */
  write(text: string): Uint8Array
}

const byteForByte = 'windows-1252' // the WHATWG's has a character for each byte

/**
 * Reads bytes, with their content codings undone, in the charset that they name, that the Content-Type names, else in
 * UTF-8. Where they do not fit, in windows-1252, which every byte fits: what a change does not touch stays as it was.
 */
export function bodyText(headers: readonly Header[], bytes: Uint8Array): BodyText {
  const { charset } = readContentType(headerValue(headers, 'content-type'))
  const wanted = charsetOf({ bytes, charset }) ?? 'utf-8'
  return inCharset(bytes, wanted) ?? inCharset(bytes, byteForByte)!
}

function inCharset(bytes: Uint8Array, label: string): BodyText | undefined {
  const encode = textEncoding(label)
  const text = readExactly(bytes, label)
  if (!encode || text === undefined) return undefined
  const charset = new TextDecoder(label).encoding
  // some charsets have two codes for a character, and it is not known which one was there
  if (!charset.startsWith('utf-') && !same(encode(text), bytes)) return undefined
  return {
    text,
    charset,
    write(changed) {
      const written = encode(changed)
      if (!written) throw new BodyError(`its charset ${charset} has no way to write what would be in it`)
      return written
    },
  }
}

function readExactly(bytes: Uint8Array, label: string): string | undefined {
  try {
    return new TextDecoder(label, { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return undefined
  }
}

const same = (a: Uint8Array | undefined, b: Uint8Array): boolean => a !== undefined && Buffer.compare(a, b) === 0
