import type { RequestHead } from '../../model/exchange.ts'
import { escapeUri } from '../../view/copy/uri.ts'
import type { HarPair } from './values.ts'

/** The absolute URL of a request as a URI: bytes that may not stand in one are percent-encoded. */
export function harUrl({ scheme, authority, path, target }: RequestHead, isWebSocket = false): string {
  const way = isWebSocket ? scheme.replace(/^http/, 'ws') : scheme
  const whole = authority === '' ? absolute(target) : `${way}://${authority}${path.startsWith('/') ? path : `/${path}`}`
  const escaped = escapeUri(whole)
  return URL.canParse(escaped) ? escaped : `unknown:${encodeURIComponent(escaped)}`
}

const absolute = (target: string): string => (/^[a-z][a-z\d+.-]*:\/\//i.test(target) ? target : `unknown://${target}`)

/** The pairs of a query, decoded, in their order. */
export function queryOf(url: string): readonly HarPair[] {
  const [before = ''] = url.split('#', 1)
  const mark = before.indexOf('?')
  return mark < 0 ? [] : formPairs(before.slice(mark + 1))
}

/** The pairs of a form, which a query is as well, decoded. */
export const formPairs = (text: string): readonly HarPair[] =>
  [...new URLSearchParams(text)].map(([name, value]) => ({ name, value }))
