import { headerValues } from '../../formats/content-type.ts'
import type { Header } from '../../model/exchange.ts'
import { type BodyLine, Outline } from './outline.ts'
import { tableLines } from './table-lines.ts'

export interface SetCookie {
  readonly name: string
  readonly value: string
  /** As sent, in order: `Path` and `/`; a value is empty where there was none. */
  readonly attributes: readonly (readonly [name: string, value: string])[]
}

const mostCookies = 3000

/** The pairs of all Cookie headers, as sent (RFC 6265 4.2). In HTTP/2 there can be a header for each. */
export const requestCookies = (headers: readonly Header[]): readonly (readonly [string, string])[] =>
  headerValues(headers, 'cookie')
    .flatMap(value => value.split(';'))
    .map(pair => pair.trim())
    .filter(pair => pair !== '')
    .slice(0, mostCookies)
    .map(splitPair)

/** Every Set-Cookie header (RFC 6265 5.2). */
export const responseCookies = (headers: readonly Header[]): readonly SetCookie[] =>
  headerValues(headers, 'set-cookie')
    .slice(0, mostCookies)
    .map(header => {
      const [pair = '', ...attributes] = header.split(';')
      const [name, value] = splitPair(pair.trim())
      return { name, value, attributes: attributes.map(each => splitPair(each.trim())).filter(([key]) => key !== '') }
    })

/** The cookies of a head as a table; undefined where there are none. */
export function cookieLines(headers: readonly Header[], maxLines = 1000): readonly BodyLine[] | undefined {
  const sent = requestCookies(headers)
  const set = responseCookies(headers)
  if (sent.length + set.length === 0) return undefined
  if (set.length === 0) return tableLines(sent, maxLines)
  const outline = new Outline(maxLines)
  outline.add(tableLines(sent, maxLines))
  for (const [index, { name, value, attributes }] of set.entries()) {
    outline.open([{ text: name, tone: 'name' }, { text: ' = ', tone: 'dim' }, { text: value }], `cookie[${index}]`)
    for (const [key, word] of attributes) outline.line([{ text: word === '' ? key : `${key}: ${word}` }])
    for (const text of remarks(name, attributes)) outline.line([{ text, tone: 'dim' }])
    outline.close(undefined, '')
  }
  return outline.finish()
}

/** What a browser does with attributes that are missing or do not go together (RFC 6265bis 5.7). */
function remarks(name: string, attributes: SetCookie['attributes']): readonly string[] {
  const all = new Map(attributes.map(([key, value]) => [key.toLowerCase(), value]))
  const secure = all.has('secure')
  const found: string[] = []
  if (all.get('samesite')?.toLowerCase() === 'none' && !secure)
    found.push('browsers refuse SameSite=None without Secure')
  if (name.startsWith('__Secure-') && !secure) found.push('browsers refuse the prefix __Secure- without Secure')
  if (name.startsWith('__Host-') && (!secure || all.has('domain') || all.get('path') !== '/'))
    found.push('browsers refuse the prefix __Host- unless it is Secure, with Path=/ and no Domain')
  return found
}

function splitPair(pair: string): readonly [string, string] {
  const equals = pair.indexOf('=')
  return equals < 0 ? [pair, ''] : [pair.slice(0, equals).trim(), pair.slice(equals + 1).trim()]
}
