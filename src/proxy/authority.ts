import type { Target } from '../model/connection.ts'

/** `host:port` or `[v6]:port` of a CONNECT (RFC 9110 9.3.6), brackets removed; undefined where it is none. */
export function parseAuthority(text: string): Target | undefined {
  const match = /^(?:\[([0-9a-fA-F:.]+)\]|([^\s:/?#@[\]]+)):(\d{1,5})$/.exec(text)
  if (!match) return undefined
  const port = Number(match[3])
  if (port < 1 || port > 65_535) return undefined
  return { host: (match[1] ?? match[2]!).toLowerCase(), port }
}
