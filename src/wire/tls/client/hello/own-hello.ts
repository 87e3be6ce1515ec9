import { randomBytes } from 'node:crypto'
import { readClientHello } from '../../messages/client-hello.ts'
import { tls13 } from '../../registry/versions.ts'
import type { ClientHello } from '../../values.ts'
import { extension } from '../protocol.ts'
import type { Session } from '../session.ts'
import { withAlpn, withServerName } from './edits.ts'
import { ownKeyShares } from './key-shares.ts'
import { bind, pskOffer } from './pre-shared-key.ts'
import { redrawnEch } from './redrawn-ech.ts'
import { mayOfferEarlyData, mayResume, sessionIdFor } from './resumption.ts'
import type { HelloChanges, SentHello } from './sent-hello.ts'
import { filled, type Part } from './template.ts'

/**
 * The client's own ClientHello with our key shares and a random of our own; every other byte is the client's, but for what
 * `changes` says and what resumes. The client's tickets are between it and Parley: ours stand in their place if `offered`
 * fits, else none. `message` has its four header bytes. Throws MalformedError where it cannot be read, a TlsError where `offered`
 * makes it too long.
 */
export function ownShares(message: Uint8Array, offered?: Session, changes: HelloChanges = {}): SentHello {
  const { random = randomBytes(32), now = Date.now(), serverName, alpn, redrawEch } = changes
  const client = readClientHello(message)
  const session = offered && mayResume(client, offered) ? offered : undefined
  const shares = ownKeyShares(client.keyShares ?? [])
  let extensions: readonly Part[] = ownTickets(client, session, now).map(({ type, data }) => {
    if (type === extension.keyShare && client.keyShares) return { type, data: shares.data }
    if (type === extension.encryptedClientHello && redrawEch) return { type, data: redrawnEch(data) ?? data }
    return { type, data }
  })
  if (serverName !== undefined) extensions = withServerName(extensions, serverName)
  if (alpn) extensions = withAlpn(extensions, alpn)
  const sessionId = sessionIdFor(client, session)
  const sent = filled(message, client, { random, sessionId, extensions })
  if (session?.version === tls13) bind(sent.message, session, [])
  return { ...sent, pairs: shares.pairs, foreign: shares.foreign, session }
}

/** The client's extensions with our ticket in place of its own. */
function ownTickets(client: ClientHello, session: Session | undefined, now: number): readonly Part[] {
  const older = session && session.version < tls13 ? session : undefined
  return client.extensions.flatMap(({ type, data }): Part[] => {
    if (type === extension.sessionTicket) return [{ type, data: older?.ticket ?? Buffer.alloc(0) }]
    if (type === extension.preSharedKey)
      return session?.version === tls13 ? [{ type, data: pskOffer(session, now) }] : []
    if (type === extension.earlyData && !(session && mayOfferEarlyData(client, session))) return []
    return [{ type, data }]
  })
}
