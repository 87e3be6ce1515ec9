import type { RequestHead, ResponseHead } from '../../model/exchange.ts'
import { firstValue, isHttp2, withHeader } from './with-header.ts'

/**
 * Edits of what a message starts with. In HTTP/2 the pseudo-header says the same; in HTTP/1 the request target does, in the
 * form that it had. Where nothing is to do, the same head comes back.
 */

/** Path and query. A CONNECT has none, and stays. */
export function withPath(head: RequestHead, path: string): RequestHead {
  if (head.path === path || isTunnel(head)) return head
  return started(head, { path }, ':path', path)
}

/** Where the request goes: in HTTP/1 its Host field says so too. */
export function withAuthority(head: RequestHead, authority: string): RequestHead {
  if (head.authority === authority || isTunnel(head)) return head
  const changed = started(head, { authority }, ':authority', authority)
  return isHttp2(head) && firstValue(head, 'host') === undefined ? changed : withHeader(changed, 'Host', authority)
}

export const withScheme = (head: RequestHead, scheme: string): RequestHead =>
  head.scheme === scheme || isTunnel(head) ? head : started(head, { scheme }, ':scheme', scheme)

export const withMethod = (head: RequestHead, method: string): RequestHead =>
  head.method === method || isTunnel(head) ? head : started(head, { method }, ':method', method)

/** A status, and in HTTP/1 its reason; the reason that was there is about another status. */
export function withStatus(head: ResponseHead, status: number, reason = ''): ResponseHead {
  if (head.status === status && (reason === '' || head.reason === reason)) return head
  const { raw: _, ...rest } = head
  const changed = { ...rest, status, reason: isHttp2(head) ? '' : reason }
  return firstValue(head, ':status') === undefined ? changed : withHeader(changed, ':status', String(status))
}

/** CONNECT asks for a tunnel, but for the extended one of RFC 8441 4, which has a path. */
const isTunnel = ({ method, path }: RequestHead): boolean => method === 'CONNECT' && path === ''

type Start = Pick<RequestHead, 'method' | 'scheme' | 'authority' | 'path'>

function started(head: RequestHead, part: Partial<Start>, pseudo: string, value: string): RequestHead {
  const { raw: _, ...rest } = head
  const changed = { ...rest, ...part }
  if (isHttp2(head)) {
    const target = head.target === head.path ? changed.path : changed.target
    const has = firstValue(head, pseudo) !== undefined
    return has ? withHeader({ ...changed, target }, pseudo, value) : { ...changed, target }
  }
  return { ...changed, target: targetOf(head, changed) }
}

/** In the form of the one before (RFC 9112 3.2). */
function targetOf(before: RequestHead, { scheme, authority, path }: Start): string {
  const isAbsolute = /^[a-z][a-z0-9+.-]*:\/\//i.test(before.target)
  return isAbsolute ? `${scheme}://${authority}${path}` : path
}
