import { charsetOf } from '../../formats/charset.ts'
import { headerValue, readContentType } from '../../formats/content-type.ts'
import { decodeBody } from '../../formats/decode.ts'
import { encodeBody } from '../../formats/encode.ts'
import { textEncoding } from '../../formats/encode-text.ts'
import type { Header } from '../../model/exchange.ts'
import type { Held } from '../../model/held.ts'
import { keepLast } from '../kept.ts'
import { type Draft, type Edited, headOf, type Refused, refuse } from './draft.ts'

/** A body as a person edits it. */
export interface EditableBody {
  /** Content codings undone, if they can be done again. */
  readonly bytes: Uint8Array
  /** Absent where the bytes are no text. */
  readonly text?: string
  /** Of the text. */
  readonly charset: string
  readonly mediaType: string
  /** The bytes are still coded: why. */
  readonly coded?: string
}

/** Undefined where the body is not at hand. */
export function bodyOf(held: Held, draft: Draft): EditableBody | undefined {
  const { body } = held
  if (!body) return undefined
  const { bytes, coded } = keepLast(
    held,
    'body of a held message',
    () => true,
    () => undone(body, headersOf(held, {})),
  )
  return keepLast(
    draft.body ?? held,
    'text of a held body',
    last => last.headers === headersOf(held, draft),
    () => ({ headers: headersOf(held, draft), body: asText(draft.body ?? bytes, headersOf(held, draft), coded) }),
  ).body
}

const none: readonly Header[] = []

/** Of the head as it would go on. */
const headersOf = (held: Held, draft: Draft): readonly Header[] => headOf(held, draft)?.headers ?? none

const mostBytes = 32 * 1024 * 1024

/** With its codings undone where they can be done again, so that nothing else than what was edited differs for the receiver. */
function undone(body: Uint8Array, headers: readonly Header[]): { readonly bytes: Uint8Array; readonly coded?: string } {
  const coding = headerValue(headers, 'content-encoding')
  if (coding === undefined) return { bytes: body }
  const { bytes, problem } = decodeBody(body, coding, { maxBytes: mostBytes })
  const why = problem ?? (encodeBody(new Uint8Array(), coding) ? undefined : `${coding} cannot be done again`)
  return why === undefined ? { bytes } : { bytes: body, coded: why }
}

function asText(bytes: Uint8Array, headers: readonly Header[], coded: string | undefined): EditableBody {
  const { mediaType, charset: named } = readContentType(headerValue(headers, 'content-type'))
  const charset = charsetOf({ bytes, charset: named }) ?? 'utf-8'
  const text = coded === undefined ? decoded(bytes, charset) : undefined
  return { bytes, charset, mediaType, ...(text !== undefined && { text }), ...(coded !== undefined && { coded }) }
}

/** Only where the same bytes would come back. */
function decoded(bytes: Uint8Array, charset: string): string | undefined {
  try {
    const text = new TextDecoder(charset, { fatal: true, ignoreBOM: true }).decode(bytes)
    const again = text.includes('\0') ? undefined : textEncoding(charset)?.(text)
    return again && Buffer.compare(again, bytes) === 0 ? text : undefined
  } catch {
    return undefined
  }
}

/** The body as text, in its charset. */
export function editText(held: Held, draft: Draft, text: string): Edited {
  const body = bodyOf(held, draft)
  if (!body) return refuse('the body is not at hand: it streams behind the head, or is too large')
  if (text === body.text) return draft
  const bytes = textEncoding(body.charset)?.(text)
  return bytes
    ? { ...draft, body: bytes }
    : refuse(`the body's charset ${body.charset} has not all of these characters`)
}

/** As it goes on: its codings done again, those that the head names now. */
export function encodedBody(held: Held, draft: Draft): Uint8Array | undefined | Refused {
  if (!draft.body) return undefined
  if (bodyOf(held, draft)?.coded !== undefined) return draft.body
  const coding = headerValue(headersOf(held, draft), 'content-encoding')
  return encodeBody(draft.body, coding, held.body) ?? refuse(`the content coding ${coding} is not known`)
}

const extensionsByType = {
  'application/javascript': 'js',
  'application/xml': 'xml',
  'image/svg+xml': 'svg',
  'text/css': 'css',
  'text/csv': 'csv',
  'text/html': 'html',
  'text/javascript': 'js',
  'text/markdown': 'md',
  'text/xml': 'xml',
}
const extensions = new Map(Object.entries(extensionsByType))

/** What a file with this body is called at its end, for editors: `json`, `html`, `txt`, `bin`. */
export function extensionOf({ mediaType, text }: EditableBody): string {
  if (text === undefined) return 'bin'
  const known = extensions.get(mediaType)
  if (known !== undefined) return known
  if (/[/+]json$/.test(mediaType) || /^\s*[[{]/.test(text)) return 'json'
  if (/\+xml$/.test(mediaType)) return 'xml'
  return /^\s*<!doctype html/i.test(text) ? 'html' : 'txt'
}
