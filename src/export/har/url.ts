import type { RequestHead } from '../../model/exchange.ts'
import type { HarPair } from './values.ts'

/** What may stand in a URI (RFC 3986 2), and a percent sign that is followed by two digits. */
const notInUri = /%(?![0-9A-Fa-f]{2})|[^\w\-.~:/?#[\]@!$&'()*+,;=%]/g

/** The absolute URL of a request as a URI: bytes that may not stand in one are percent-encoded (RFC 3986 2.1). */
export function harUrl({ scheme, authority, path, target }: RequestHead, isWebSocket = false): string {
  const way = isWebSocket ? scheme.replace(/^http/, 'ws') : scheme
  const whole = authority === '' ? absolute(target) : `${way}://${authority}${path.startsWith('/') ? path : `/${path}`}`
  const escaped = whole.replace(notInUri, percentEncoded)
  return URL.canParse(escaped) ? escaped : `unknown:${encodeURIComponent(escaped)}`
}

const absolute = (target: string): string => (/^[a-z][a-z\d+.-]*:\/\//i.test(target) ? target : `unknown://${target}`)

/** A character is a byte, as in all that is read from the wire. */
const percentEncoded = (character: string): string =>
  [...Buffer.from(character, character > '\xff' ? 'utf8' : 'latin1')]
    .map(byte => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`)
    .join('')

/** The pairs of a query, decoded, in their order. */
export function queryOf(url: string): readonly HarPair[] {
  const [before = ''] = url.split('#', 1)
  const mark = before.indexOf('?')
  return mark < 0 ? [] : formPairs(before.slice(mark + 1))
}

/** The pairs of a form, which a query is as well, decoded. */
export const formPairs = (text: string): readonly HarPair[] =>
  [...new URLSearchParams(text)].map(([name, value]) => ({ name, value }))
