import { u16 } from '../../../bytes.ts'
import { tls13 } from '../../registry/versions.ts'
import { checkOnce, dataOf, extensionsIn } from '../checks/echoes.ts'
import type { ClientState } from '../client-state.ts'
import { handshakeType, type Message } from '../protocol.ts'
import { resumptionPsk } from '../schedule.ts'
import type { Session } from '../session.ts'
import { fail } from '../tls-error.ts'
import type { Traffic } from '../tls13/traffic.ts'
import { checkTicketFlags } from './ticket-flags.ts'

const longest = 7 * 86_400 // s; RFC 8446 4.6.1

/** A NewSessionTicket of TLS 1.3: RFC 8446 4.6.1. Undefined where it is not to be kept. Throws TlsError. */
export function ticketSession(client: ClientState, traffic: Traffic, message: Message): Session | undefined {
  const { ticket: told } = client.peruse(message, 'new_session_ticket', handshakeType.newSessionTicket)
  const { ticket, nonce = new Uint8Array(0), ageAdd = 0, lifetime, maxEarlyData } = told
  const { agreed } = client
  if (ticket.length === 0) fail('decode-error', 'an empty ticket')
  const extensions = extensionsIn(message.bytes, extensionsAt(message.bytes))
  checkOnce(extensions.map(({ type }) => type))
  checkTicketFlags(dataOf(extensions, 62))
  if (lifetime > longest) fail('illegal-parameter', 'a ticket for more than a week')
  if (lifetime === 0 || !agreed.chain) return undefined
  const { algorithm, resumption } = traffic
  return {
    version: tls13,
    cipherSuite: agreed.cipherSuite,
    secret: resumptionPsk(algorithm.prfHash as 'sha256' | 'sha384', resumption, nonce),
    ticket: Buffer.from(ticket),
    ageAdd,
    lifetime,
    receivedAt: client.now,
    extendedMasterSecret: true,
    chain: agreed.chain,
    scheme: agreed.scheme,
    provedUntil: agreed.provedUntil,
    alpn: agreed.alpn,
    maxEarlyData,
  }
}

/** Behind header, lifetime, age_add, nonce and ticket. */
function extensionsAt(message: Uint8Array): number {
  const nonce = 12
  const ticket = nonce + 1 + message[nonce]!
  return ticket + 2 + u16(message, ticket)
}
