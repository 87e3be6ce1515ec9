import type { Header } from '../../../../model/exchange.ts'
import type { Framing } from '../../../../wire/http1/framing.ts'
import { isToken } from '../../../../wire/http1/token.ts'

/** A message that is changed: what it was, and what is to become of it. */
export interface Reframing {
  readonly before: readonly Header[]
  readonly framing: Framing
  /** As the person wants them. */
  readonly headers: readonly Header[]
  /** Bytes of the new body; absent where the body goes on as it came. */
  readonly length?: number
  /** What never has a body: an answer to HEAD, whose fields speak of one all the same, or by its status. */
  readonly bodyless?: 'by-method' | 'by-status'
  /** A message without a body need not say so. */
  readonly isRequest: boolean
}

export interface Reframed {
  readonly headers: readonly Header[]
  /** How the new body is framed; `same`: the body goes on as it came. */
  readonly body: 'same' | 'length' | 'chunked' | 'none'
  /** A length that was asked for, and would have been wrong. */
  readonly wrong?: string
}

/** The header fields that frame a message (RFC 9112 6) as its body has it, whatever was asked for. */
export function reframe(asked: Reframing): Reframed {
  const { before, headers, length, bodyless, framing } = asked
  if (bodyless === 'by-method') return { headers, body: 'none' }
  if (bodyless === 'by-status') return { headers: headers.filter(header => !frames(header)), body: 'none' }
  if (length === undefined) {
    if (sameFraming(before, headers)) return { headers, body: 'same' }
    const wrong = lengthIn(headers) ?? 'Transfer-Encoding'
    return { headers: replaced(headers, before.filter(frames)), body: 'same', wrong }
  }
  const keepsChunks = framing.body === 'chunked' && headers.some(isEncoding)
  const said = lengthIn(headers)
  const isWrong = said !== undefined && said !== lengthIn(before) && said !== String(length)
  const told = isWrong ? { wrong: said } : {}
  if (keepsChunks) return { headers: headers.filter(header => !isLength(header)), body: 'chunked', ...told }
  if (asked.isRequest && length === 0 && framing.body === 'none' && lengthIn(before) === undefined)
    return { headers: headers.filter(header => !frames(header)), body: 'none', ...told }
  const name = headers.find(isLength)?.[0] ?? 'Content-Length'
  return { headers: replaced(headers, [[name, String(length)]]), body: 'length', ...told }
}

export const isLength = ([name]: Header): boolean => name.length === 14 && name.toLowerCase() === 'content-length'
export const isEncoding = ([name]: Header): boolean => name.length === 17 && name.toLowerCase() === 'transfer-encoding'
const frames = (header: Header): boolean => isLength(header) || isEncoding(header)

const lengthIn = (headers: readonly Header[]): string | undefined => headers.find(isLength)?.[1]

function sameFraming(before: readonly Header[], headers: readonly Header[]): boolean {
  const [one, other] = [before.filter(frames), headers.filter(frames)]
  return one.length === other.length && one.every(([name, value], i) => name === other[i]![0] && value === other[i]![1])
}

/** The fields that frame, in the place of those that were there, or at the end. */
function replaced(headers: readonly Header[], by: readonly Header[]): readonly Header[] {
  const at = headers.findIndex(frames)
  if (at < 0) return [...headers, ...by]
  return [...headers.slice(0, at), ...by, ...headers.slice(at).filter(header => !frames(header))]
}

/** What of these fields may not go on the wire, where it did not come from there. */
export function flawIn(headers: readonly Header[], before: readonly Header[]): string | undefined {
  for (const [name, value] of headers) {
    if (isToken(name) && isText(value)) continue
    if (!before.some(header => header[0] === name && header[1] === value)) return `the field ${JSON.stringify(name)}`
  }
  return undefined
}

/** Whether a text may stand in a line of a head: latin1, without CR, LF and NUL. */
export function isText(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code === 13 || code === 10 || code === 0 || code > 255) return false
  }
  return true
}
