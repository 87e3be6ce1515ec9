import { isGrease } from '../../registry/names.ts'
import { list8, list16 } from '../framing.ts'
import { extension } from '../protocol.ts'
import type { Part } from './template.ts'

const hostName = 0

/**
 * The extensions with `name` in server_name (RFC 6066 3), or without it where '' is the name. Where the client has none it
 * comes first, behind GREASE.
 */
export function withServerName(parts: readonly Part[], name: string): readonly Part[] {
  const others = parts.filter(({ type }) => type !== extension.serverName)
  if (name === '') return others
  const data = list16(Buffer.concat([Buffer.of(hostName), list16(Buffer.from(name, 'latin1'))]))
  const at = parts.findIndex(({ type }) => type === extension.serverName)
  const first = parts[0] && isGrease(parts[0].type) ? 1 : 0
  return others.toSpliced(at < 0 ? first : at, 0, { type: extension.serverName, data })
}

/** The extensions with these protocols in ALPN (RFC 7301 3.1) where they have it, and without it where there are none. */
export function withAlpn(parts: readonly Part[], protocols: readonly string[]): readonly Part[] {
  const data = list16(Buffer.concat(protocols.map(name => list8(Buffer.from(name, 'latin1')))))
  return parts.flatMap(part => {
    if (part.type !== extension.alpn) return [part]
    return protocols.length === 0 ? [] : [{ type: extension.alpn, data }]
  })
}
