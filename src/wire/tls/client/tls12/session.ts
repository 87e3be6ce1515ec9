import type { NewSessionTicket, ServerHello } from '../../values.ts'
import type { ClientState } from '../client-state.ts'
import type { Session } from '../session.ts'

const day = 86_400 // s, where the server gives no hint: RFC 5077 5.6
const longest = 7 * day // as in TLS 1.3: RFC 8446 4.6.1

/** The same session under a new ticket. `now` in ms since the epoch. */
export const withTicket = (session: Session, { ticket, lifetime }: NewSessionTicket, now: number): Session => ({
  ...session,
  ticket: Buffer.from(ticket),
  lifetime: Math.min(lifetime || day, longest),
  receivedAt: now,
})

/** What may be resumed by ticket (RFC 5077) or else by session id (RFC 5246 F.1.4); undefined where the server gave neither. */
export function sessionOf(
  { agreed, now }: ClientState,
  master: Uint8Array,
  { sessionId }: ServerHello,
  ticket: NewSessionTicket | undefined,
): Session | undefined {
  const session: Session = {
    version: agreed.version,
    cipherSuite: agreed.cipherSuite,
    secret: master,
    ageAdd: 0,
    receivedAt: now,
    lifetime: day,
    extendedMasterSecret: agreed.extendedMasterSecret,
    chain: agreed.chain!,
    scheme: agreed.scheme,
    alpn: agreed.alpn,
  }
  if (ticket && ticket.ticket.length > 0) return withTicket(session, ticket, now)
  return sessionId.length > 0 ? { ...session, sessionId: Buffer.from(sessionId) } : undefined
}
