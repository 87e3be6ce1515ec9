import type { ByteReader } from '../../reader.ts'
import { serverNameTypes, showByte } from '../registry/parameters.ts'
import { count, latin1, opaque, shortHex, vector } from '../vector.ts'
import type { Decode } from './decoder.ts'

/** Names: of the host, of the protocols spoken above TLS. */

const showNameType = showByte(serverNameTypes)

/** RFC 6066 3: the name from the client; empty from a server that used it. */
export const serverName: Decode = (r, context) => {
  if (context !== 'client_hello' && r.remaining === 0) return { shown: 'acknowledged' }
  const names = vector(r, 2, 'server_name_list', readServerName, list => count(list.length, 'name'))
  const host = names.find(name => name.type === 0)?.name
  return host === undefined ? { shown: count(names.length, 'name') } : { shown: host, facts: { serverName: host } }
}

function readServerName(r: ByteReader): { type: number; name: string } {
  const type = r.u8('name_type', showNameType)
  return { type, name: latin1(opaque(r, 2, type === 0 ? 'host_name' : 'name', latin1)) }
}

const readProtocols = (r: ByteReader): string[] =>
  vector(
    r,
    2,
    'protocol_name_list',
    item => latin1(opaque(item, 1, 'protocol_name', latin1)),
    list => count(list.length, 'protocol'),
  )

/** RFC 7301 3.1: a list from the client, a list of one from the server. Names are bytes, kept one character each. */
export const alpn: Decode = r => {
  const protocols = readProtocols(r)
  return { shown: protocols.join(', '), facts: { alpn: protocols } }
}

/** draft-vvv-tls-alps: the protocols that have settings, then the settings themselves. */
export const applicationSettings: Decode = (r, context) => {
  if (context === 'client_hello') return { shown: readProtocols(r).join(', ') }
  const settings = r.rest('settings', shortHex)
  return { shown: count(settings.length, 'byte') }
}

/** draft-agl-tls-nextprotoneg: empty from the client; the server's protocols without a length in front. */
export const nextProtocolNegotiation: Decode = (r, context) => {
  if (context === 'client_hello') return { shown: 'present' }
  return { shown: r.list(item => latin1(opaque(item, 1, 'protocol_name', latin1))).join(', ') }
}
