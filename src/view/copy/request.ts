import type { Exchange, Header } from '../../model/exchange.ts'

/** Bodies longer than this are not written into a command. */
export const mostInlineBytes = 64 * 1024

/** What a client writes itself: framing, routing, and what belongs to one connection (RFC 9110 7.6.1). */
const ownHeaders = new Set([
  'connection',
  'content-length',
  'host',
  'http2-settings',
  'keep-alive',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
])
const token = /^[!#$%&'*+.^_`|~\w-]+$/

/** The absolute URL of a request; its target where no authority is known, as for CONNECT. */
export function urlOf({ request }: Exchange): string {
  const { scheme, authority, path, target } = request.head
  return authority === '' ? target : `${scheme}://${authority}${path}`
}

/**
 * The headers that a command has to name, in wire order. Left out: pseudo-headers, those that a client writes itself,
 * and names that are no token (RFC 9110 5.6.2), which commands would read as something else. Host stays where it is
 * not what the URL says.
 */
export function sentHeaders({ request }: Exchange): readonly Header[] {
  const { authority, headers } = request.head
  return headers.filter(([name, value]) => {
    if (!token.test(name)) return false
    const key = name.toLowerCase()
    return key === 'host' ? value.toLowerCase() !== authority.toLowerCase() : !ownHeaders.has(key)
  })
}

/** Headers by name, as clients with a dictionary need them: the values of a name joined as RFC 9110 5.3 says. */
export function joinedHeaders(exchange: Exchange): readonly Header[] {
  const joined = new Map<string, [string, string]>()
  for (const [name, value] of sentHeaders(exchange)) {
    const key = name.toLowerCase()
    const before = joined.get(key)
    if (before) before[1] += `${key === 'cookie' ? '; ' : ', '}${value}`
    else joined.set(key, [name, value])
  }
  return [...joined.values()]
}

export const hasHeader = (headers: readonly Header[], wanted: string): boolean =>
  headers.some(([name]) => name.toLowerCase() === wanted)

/** The body as text where it is valid UTF-8 without NUL; undefined otherwise. */
export function bodyText(body: Uint8Array): string | undefined {
  if (body.includes(0)) return undefined
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body)
  } catch {
    return undefined
  }
}

export const base64 = (body: Uint8Array): string =>
  Buffer.from(body.buffer, body.byteOffset, body.length).toString('base64')
