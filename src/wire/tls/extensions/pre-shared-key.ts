import type { ByteReader } from '../../reader.ts'
import { count, opaque, shortHex, vector } from '../vector.ts'
import type { Decode } from './decoder.ts'

/** RFC 8446 4.2.11: tickets with ages and proofs from the client; the index of the one used from the server. */
export const preSharedKey: Decode = (r, context) => {
  if (context !== 'client_hello') {
    const selectedPsk = r.u16('selected_identity')
    return { shown: `identity ${selectedPsk}`, facts: { selectedPsk } }
  }
  const identities = vector(r, 2, 'identities', readIdentity, list => count(list.length, 'identity'))
  const binders = vector(
    r,
    2,
    'binders',
    binder => opaque(binder, 1, 'binder'),
    list => count(list.length, 'binder'),
  )
  return { shown: count(identities.length, 'identity'), facts: { psk: { identities, binders } } }
}

const readIdentity = (r: ByteReader): Uint8Array =>
  r.group(
    'psk_identity',
    entry => {
      const identity = opaque(entry, 2, 'identity')
      entry.u32('obfuscated_ticket_age')
      return identity
    },
    identity => count(identity.length, 'byte'),
  )

/** RFC 8446 4.2.10: a mark, except in a ticket, where it says how much early data it allows. */
export const earlyData: Decode = (r, context) => {
  if (context !== 'new_session_ticket') return { shown: 'present', facts: { earlyData: true } }
  const maxEarlyData = r.u32('max_early_data_size', value => `${value} bytes`)
  return { shown: `up to ${maxEarlyData} bytes`, facts: { maxEarlyData } }
}

/** RFC 5077 3.2: the ticket itself, or nothing where a new one is wanted or promised. */
export const sessionTicket: Decode = (r, context) => {
  const ticket = r.rest('ticket', shortHex)
  const shown =
    ticket.length > 0 ? `ticket of ${ticket.length} bytes` : context === 'client_hello' ? 'wanted' : 'promised'
  return { shown, facts: { sessionTicket: ticket } }
}

/** RFC 9149 2: how many tickets are wanted, or will be sent. */
export const ticketRequest: Decode = (r, context) => {
  if (context !== 'client_hello') return { shown: `${r.u8('expected_count')} to come` }
  const fresh = r.u8('new_session_count')
  return { shown: `${fresh} new, ${r.u8('resumption_count')} on resumption` }
}
