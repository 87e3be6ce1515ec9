import type { RequestHead } from '../../model/exchange.ts'
import { escapeUri } from '../../view/copy/uri.ts'
import type { HarPair } from './values.ts'

/** The absolute URL of a request as a URI (RFC 3986): bytes that may not stand there are percent-encoded. */
export function harUrl({ scheme, authority, path, target }: RequestHead, isWebSocket = false): string {
  const [, way = '', host = '', rest = ''] = /^([a-z][a-z\d+.-]*):\/\/([^/?#]*)([\s\S]*)$/i.exec(
    authority === '' ? absolute(target) : `${scheme}://${authority}${path.startsWith('/') ? path : `/${path}`}`,
  ) ?? ['', 'unknown', '', target]
  const url = `${isWebSocket ? way.replace(/^http/, 'ws') : way}://${escapeUri(host)}${escapePath(rest)}`
  return URL.canParse(url) && hostShape.test(host) ? url : `unknown:${encodeURIComponent(url)}`
}

const hostShape = /^(?:\[[\da-f:.]{2,45}\]|[\w.~%!$&'()*+,;=*-]{0,255})(?::\d{0,5})?$/i

const absolute = (target: string): string => (/^[a-z][a-z\d+.-]*:\/\//i.test(target) ? target : `unknown://${target}`)

/** Brackets are for addresses alone, and a fragment is never sent. */
const escapePath = (path: string): string =>
  escapeUri(path).replace(/[[\]#]/g, character => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)

/** The pairs of a query, decoded, in their order. */
export function queryOf(url: string): readonly HarPair[] {
  const [before = ''] = url.split('#', 1)
  const mark = before.indexOf('?')
  return mark < 0 ? [] : formPairs(before.slice(mark + 1))
}

/** The pairs of a form, which a query is as well, decoded. */
export const formPairs = (text: string): readonly HarPair[] =>
  [...new URLSearchParams(text)].map(([name, value]) => ({ name, value }))
