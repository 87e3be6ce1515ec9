import type { Handshake, Negotiated } from '../../wire/tls/handshake.ts'
import { type CompareAspects, rowOf } from '../comparison.ts'
import { answerHidden, notVisible } from '../hidden.ts'

const resumptionWords: Readonly<Record<Negotiated['resumption'], string>> = {
  none: 'full handshake',
  'session-id': 'resumed by session ID',
  ticket: 'resumed by ticket',
  psk: 'resumed by pre-shared key',
}

/** Resumption, tickets and early data: each leg keeps its own sessions. */
export const sessionRows: CompareAspects = ({ client, upstream, resumes }) => [
  ...rowOf(
    'resumption',
    'Resumption',
    from(resumptionOf(client), resumes?.client),
    from(resumptionOf(upstream), resumes?.upstream),
    () => ({
      mark: '≠',
      why: 'A session belongs to one leg: the client resumes its sessions with Parley, never with the server.',
    }),
  ),
  ...rowOf('session-tickets', 'Session tickets', ticketsOf(client), ticketsOf(upstream), () => ({
    mark: '≠',
    why: 'Tickets are not forwarded: each side issues its own, valid on its own leg only.',
  })),
  ...rowOf('early-data', 'Early data (0-RTT)', earlyDataOf(client), earlyDataOf(upstream), () => ({
    mark: '!',
    why: 'Early data can be replayed by anyone who saw it (RFC 8446 8), and only one leg took that risk.',
  })),
]

const from = (told: string | undefined, connection: number | undefined): string | undefined =>
  told === undefined || connection === undefined ? told : `${told}, of c${connection}`

const established = (leg: Handshake | undefined): boolean => leg?.outcome === 'established'

const resumptionOf = (leg: Handshake | undefined): string | undefined =>
  established(leg) ? resumptionWords[leg!.negotiated.resumption] : undefined

function earlyDataOf(leg: Handshake | undefined): string | undefined {
  if (!established(leg)) return undefined
  return answerHidden(leg) && leg.clientHello?.earlyData ? notVisible : leg!.negotiated.earlyData
}

function ticketsOf(leg: Handshake | undefined): string | undefined {
  if (!established(leg)) return undefined
  if (answerHidden(leg)) return notVisible
  const tickets = leg!.messages.flatMap(({ value }) => (value.name === 'new_session_ticket' ? [value.ticket] : []))
  if (tickets.length === 0) return 'none'
  const lifetimes = [...new Set(tickets.map(({ lifetime }) => `${lifetime} s`))].join(', ')
  // RFC 5077 3.3: zero stands for a lifetime that is not told
  return tickets.every(({ lifetime }) => lifetime === 0)
    ? `${tickets.length}, no lifetime given`
    : `${tickets.length}, lifetime ${lifetimes}`
}
