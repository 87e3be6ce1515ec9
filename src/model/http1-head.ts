import type { RequestHeadText, ResponseHeadText } from '../wire/http1/start-line.ts'
import type { RequestHead, ResponseHead } from './exchange.ts'

/** Of the connection: what a request means that does not say it. */
export interface UrlContext {
  readonly scheme: string
  readonly authority: string
}

export interface UrlParts {
  readonly scheme: string
  readonly authority: string
  readonly path: string
}

/** The URL that a request means, from its target's form (RFC 9112 3.2 and 3.3). Nothing is normalised. */
export function urlParts(context: UrlContext, head: RequestHeadText): UrlParts {
  const { target, method } = head
  const { scheme } = context
  if (method === 'CONNECT') return { scheme, authority: target, path: '' }
  const authority = head.fields.host || context.authority
  if (target.charCodeAt(0) === 47 || target === '*') return { scheme, authority, path: target }
  return absolute(target) ?? { scheme, authority, path: target }
}

/** The head as an exchange has it, of its text. */
export function requestHeadOf(context: UrlContext, head: RequestHeadText, text: string): RequestHead {
  const { method, target, version, fields } = head
  const { scheme, authority, path } = urlParts(context, head)
  const told = { method, target, scheme, authority, path, version, headers: fields.headers }
  return fields.odd ? { ...told, raw: text } : told
}

/** The head as an exchange has it, of its text. */
export function responseHeadOf(head: ResponseHeadText, text: string): ResponseHead {
  const { status, reason, version, fields } = head
  const told = { status, reason, version, headers: fields.headers }
  return fields.odd ? { ...told, raw: text } : told
}

function absolute(target: string): UrlParts | undefined {
  const colon = target.indexOf('://')
  if (colon <= 0) return undefined
  const start = colon + 3
  let end = start
  while (end < target.length && !endsAuthority(target.charCodeAt(end))) end++
  const rest = target.slice(end)
  const path = rest.startsWith('/') ? rest : `/${rest}`
  return { scheme: target.slice(0, colon).toLowerCase(), authority: target.slice(start, end), path }
}

/** `/`, `?` or `#` */
const endsAuthority = (code: number): boolean => code === 47 || code === 63 || code === 35

/** Whether the target has one of the four forms for its method. */
export const isKnownForm = (method: string, target: string): boolean =>
  method === 'CONNECT' || target.charCodeAt(0) === 47 || target === '*' || target.indexOf('://') > 0
