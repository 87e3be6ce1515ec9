import type { Target } from '../../model/connection.ts'

/**
 * `host:port` or `[v6]:port` of a CONNECT (RFC 9110 9.3.6), brackets removed; undefined where it is none.
 * With a default port, the authority of a URL that may leave its own out (RFC 3986 3.2.3).
 */
export function parseAuthority(text: string, defaultPort = 0): Target | undefined {
  const match = /^(?:\[([0-9a-fA-F:.]+)\]|([^\s:/?#@[\]]+))(?::(\d{0,5}))?$/.exec(text)
  if (!match) return undefined
  const port = Number(match[3] || defaultPort)
  if (port < 1 || port > 65_535) return undefined
  return { host: (match[1] ?? match[2]!).toLowerCase(), port }
}
