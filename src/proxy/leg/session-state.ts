import { tls13 } from '../../wire/tls/registry/versions.ts'
import { context, DerReader, tags } from '../../wire/x509/der.ts'

/** What OpenSSL keeps of a session of TLS 1.3, in the DER that i2d_SSL_SESSION writes. */
export interface SessionState {
  /** RFC 8446 4.6.1: made of the resumption master secret and the ticket's nonce. */
  readonly psk: Uint8Array
  /** Absent where the state is inside of the ticket. */
  readonly ticket?: Uint8Array
}

const ticketTag = context(10)

/**
 * Reads a session as OpenSSL or Node's 'session' event gives it; undefined for another version of TLS. Throws
 * MalformedError for what is no session.
 */
export function readSessionState(session: Uint8Array): SessionState | undefined {
  return new DerReader(withoutHost(session), 'session').sequence('session', session => {
    session.number('structure version')
    const version = session.number('TLS version')
    session.content(tags.octetString, 'cipher suite')
    session.content(tags.octetString, 'session id')
    const psk = session.content(tags.octetString, 'master key')
    const parts = session.list(readPart)
    const ticket = parts.find(part => part !== undefined)
    return version === tls13 ? { psk, ...(ticket && { ticket }) } : undefined
  })
}

const nodePrefix = Buffer.from('\0nodejs:tls:session:1\0', 'latin1')

/** Newer releases of Node put the host's name, with its length in two bytes, before a session. */
function withoutHost(session: Uint8Array): Uint8Array {
  if (!nodePrefix.equals(session.subarray(0, nodePrefix.length))) return session
  const [high = 0, low = 0] = session.subarray(nodePrefix.length)
  return session.subarray(nodePrefix.length + 2 + high * 256 + low)
}

function readPart(session: DerReader): Uint8Array | undefined {
  if (session.next === ticketTag)
    return session.group(ticketTag, 'ticket', inner => inner.content(tags.octetString, 'bytes'))
  session.any('part')
  return undefined
}
