import type { Header, RequestHead, ResponseHead } from './exchange.ts'

/** What the connection says of a request that does not say it itself. */
export interface ConnectionOf {
  readonly scheme: string
  readonly authority: string
}

/** The pseudo-headers of a block by name, of each the first (RFC 9113 8.3). */
export type PseudoHeaders = Readonly<Record<string, string | undefined>>

const version = 'HTTP/2'

export function pseudoHeaders(headers: readonly Header[]): PseudoHeaders {
  const pseudo: Record<string, string | undefined> = {}
  for (const [name, value] of headers) if (name.charCodeAt(0) === 58) pseudo[name] ??= value
  return pseudo
}

/** The request that a header block means (RFC 9113 8.3.1); the method is `?` where it has none. */
export function http2Request(pseudo: PseudoHeaders, context: ConnectionOf, headers: readonly Header[]): RequestHead {
  const method = pseudo[':method'] ?? '?'
  const authority = pseudo[':authority'] ?? hostOf(headers) ?? context.authority
  const path = pseudo[':path'] ?? ''
  const scheme = pseudo[':scheme'] ?? context.scheme
  const target = isPlainConnect(pseudo) ? authority : path
  return { method, target, scheme, authority, path, version, headers }
}

/** A CONNECT without the `:protocol` of RFC 8441 has neither scheme nor path. */
export const isPlainConnect = (pseudo: PseudoHeaders): boolean =>
  pseudo[':method'] === 'CONNECT' && pseudo[':protocol'] === undefined

/** The response that a header block means (RFC 9113 8.3.2). Status 0 where it has none. */
export function http2Response(pseudo: PseudoHeaders, headers: readonly Header[]): ResponseHead {
  const text = pseudo[':status'] ?? ''
  return { status: /^[1-9]\d\d$/.test(text) ? Number(text) : 0, reason: '', version, headers }
}

const hostOf = (headers: readonly Header[]): string | undefined => headers.find(([name]) => name === 'host')?.[1]
