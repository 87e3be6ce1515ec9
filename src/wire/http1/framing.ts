import type { Fault } from '../fault.ts'
import { type FieldLines, withoutBlanks } from './field-lines.ts'
import type { RequestHeadText, ResponseHeadText } from './start-line.ts'

/** What follows a head on the wire. `unknown`: nobody can say where the next message starts. */
export type Body = 'none' | 'interim' | 'length' | 'chunked' | 'until-close' | 'unknown'

/** What follows the message: another, nothing, another protocol, or what the other side's answer decides. */
export type After = 'next' | 'hold' | 'close' | 'upgrade'

export interface Framing {
  readonly body: Body
  /** Bytes, where `body` is `length`. */
  readonly length: number
  readonly after: After
  readonly faults?: readonly Fault[]
}

/** Where a request ends (RFC 9112 6.3). A CONNECT or an Upgrade holds what comes after it until it is answered. */
export function requestFraming(head: RequestHeadText): Framing {
  if (head.method === 'CONNECT') return { body: 'none', length: 0, after: 'hold' }
  const { fields } = head
  const after = fields.upgrade !== undefined ? 'hold' : isLast(head.version, fields) ? 'close' : 'next'
  if (fields.transferEncoding !== undefined) return encoded(head.version, fields, after, 'unknown')
  if (fields.contentLength !== undefined) return sized(fields, after)
  return { body: 'none', length: 0, after }
}

/** Where a response to `method` ends (RFC 9112 6.3). */
export function responseFraming(head: ResponseHeadText, method: string): Framing {
  const { status, fields } = head
  if (status === 101 || (method === 'CONNECT' && status >= 200 && status < 300))
    return { body: 'none', length: 0, after: 'upgrade' }
  if (status < 200) return { body: 'interim', length: 0, after: 'next' }
  const after = isLast(head.version, fields) ? 'close' : 'next'
  if (method === 'HEAD' || status === 204 || status === 304) return { body: 'none', length: 0, after }
  if (fields.transferEncoding !== undefined) return encoded(head.version, fields, after, 'until-close')
  if (fields.contentLength !== undefined) return sized(fields, after)
  return { body: 'until-close', length: 0, after: 'close' }
}

/** RFC 9112 9.3: no message comes after this one. */
function isLast(version: string, fields: FieldLines): boolean {
  if (fields.connection === undefined) return version === 'HTTP/1.0'
  if (hasToken(fields.connection, 'close')) return true
  return version === 'HTTP/1.0' && !hasToken(fields.connection, 'keep-alive')
}

/** Whether a comma separated list has the word, whatever its case. */
export function hasToken(list: string, word: string): boolean {
  if (list.length === word.length) return list.toLowerCase() === word
  return list
    .toLowerCase()
    .split(',')
    .some(item => item.trim() === word)
}

function encoded(version: string, fields: FieldLines, after: After, otherwise: Body): Framing {
  const faults: Fault[] = []
  const detail = `'${fields.transferEncoding!.slice(0, 100)}'`
  if (fields.contentLength !== undefined) faults.push({ code: 'http1/te-with-cl' })
  if (version === 'HTTP/1.0') faults.push({ code: 'http1/te-in-http10' })
  const elements = fields
    .transferEncoding!.toLowerCase()
    .split(',')
    .map(element => withoutBlanks(element)) // what trim() takes away besides would hide a coding
  const codings = elements.filter(element => element !== '')
  if (codings.length < elements.length) faults.push({ code: 'http1/te-empty-element', detail })
  const chunked = codings.filter(coding => coding === 'chunked').length
  if (chunked > 1) faults.push({ code: 'http1/te-chunked-twice' })
  if (codings.at(-1) === 'chunked') return { body: 'chunked', length: 0, after, faults }
  faults.push({ code: 'http1/te-not-final-chunked', detail })
  return { body: otherwise, length: 0, after: 'close', faults }
}

function sized(fields: FieldLines, after: After): Framing {
  const values =
    fields.contentLengths === 1 && !fields.contentLength!.includes(',')
      ? [fields.contentLength!]
      : fields.contentLength!.split(',').map(value => value.trim())
  const length = readLength(values[0]!)
  if (length === undefined || values.some(value => value !== values[0])) {
    const code = values.length > 1 ? 'http1/duplicate-content-length' : 'http1/invalid-content-length'
    const detail = `'${fields.contentLength!.slice(0, 100)}', so nobody knows where the body ends`
    return { body: 'unknown', length: 0, after: 'close', faults: [{ code, detail }] }
  }
  const body = length === 0 ? 'none' : 'length'
  if (values.length === 1) return { body, length, after }
  const detail = `${values.length} times with the same value`
  return { body, length, after, faults: [{ code: 'http1/duplicate-content-length', detail }] }
}

/** Digits alone, up to the largest integer that is exact. */
function readLength(text: string): number | undefined {
  if (text.length === 0 || text.length > 16) return undefined
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code < 48 || code > 57) return undefined
  }
  const length = Number(text)
  return Number.isSafeInteger(length) ? length : undefined
}
