import type { ByteReader } from '../../reader.ts'
import { readExtensions } from '../extensions/read-extensions.ts'
import type { Source } from '../message-context.ts'
import { isTls13 } from '../registry/versions.ts'
import type { MessageValue, NewSessionTicket } from '../values.ts'
import { opaque } from '../vector.ts'

const units = [
  ['d', 86_400],
  ['h', 3600],
  ['min', 60],
] as const

function showSeconds(seconds: number): string {
  const [unit, size] = units.find(([, size]) => seconds >= size && seconds % size === 0) ?? ['s', 1]
  return unit === 's' ? `${seconds} s` : `${seconds} s (${seconds / size} ${unit})`
}

/** RFC 8446 4.6.1 */
function read13(r: ByteReader, source: Source): NewSessionTicket {
  const lifetime = r.u32('ticket_lifetime', showSeconds)
  const ageAdd = r.u32('ticket_age_add')
  const nonce = opaque(r, 1, 'ticket_nonce')
  const ticket = opaque(r, 2, 'ticket')
  const { maxEarlyData } = readExtensions(r, source, 'new_session_ticket').facts
  return { lifetime, ageAdd, nonce, ticket, ...(maxEarlyData !== undefined && { maxEarlyData }) }
}

/** RFC 5077 3.3 */
function read12(r: ByteReader): NewSessionTicket {
  const lifetime = r.u32('ticket_lifetime_hint', seconds => (seconds === 0 ? '0 (unspecified)' : showSeconds(seconds)))
  return { lifetime, ticket: opaque(r, 2, 'ticket') }
}

export function newSessionTicket(r: ByteReader, source: Source): MessageValue {
  const ticket = isTls13(source.context.version) ? read13(r, source) : read12(r)
  r.end()
  return { name: 'new_session_ticket', ticket }
}
