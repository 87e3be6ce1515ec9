import type { Target } from '../../../model/connection.ts'
import { parseAuthority } from '../authority.ts'

/** Where a plain request goes, and what it asks for there. */
export interface RequestTarget {
  readonly target: Target
  /** With the query, as a server of its own is asked (RFC 9112 3.2.1). */
  readonly path: string
}

/**
 * What a request target in absolute form means, or one in origin form by the Host field (RFC 9112 3.2, 3.3).
 * A user's name and password are dropped (RFC 9110 4.2.4). Undefined where no server is named, or one that is not to be
 * asked in clear (RFC 9110 4.2.2).
 */
export function readRequestTarget(url: string, hostField = ''): RequestTarget | undefined {
  const absolute = /^(?:http|ws):\/\/([^/?#]*)(.*)$/i.exec(url)
  if (!absolute && schemeOf(url)) return undefined
  const [, authority = hostField, rest = url] = absolute ?? []
  const target = parseAuthority(authority.slice(authority.lastIndexOf('@') + 1), 80)
  return target && { target, path: absolute && !rest.startsWith('/') ? `/${rest}` : rest }
}

/** `https` of `https://a/b`, in lower case; undefined for a target that is no URL. */
export const schemeOf = (url: string): string | undefined => /^([a-z][a-z0-9+.-]*):\/\//i.exec(url)?.[1]?.toLowerCase()
