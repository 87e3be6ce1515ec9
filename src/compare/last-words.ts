import type { LegName, Party } from '../model/party.ts'
import type { Handshake, HandshakeMessage } from '../wire/tls/handshake.ts'
import type { Alert } from '../wire/tls/values.ts'
import { messageTitle } from './message-title.ts'

/** Who sends what travels on a leg in a direction. */
export function senderOf(leg: LegName, message: Pick<HandshakeMessage, 'direction'>): Party {
  if (leg === 'client') return message.direction === 'to-server' ? 'client' : 'parley'
  return message.direction === 'to-server' ? 'parley' : 'server'
}

/** The alert that ended a handshake. */
export interface FatalAlert {
  readonly alert: Alert
  readonly from: Party
  readonly message: HandshakeMessage
  readonly index: number
}

const closeNotify = 0
const userCanceled = 90

/** The first alert that says why a handshake that was not finished ended. TLS 1.3 ignores the level (RFC 8446 6), so this does too. */
export function fatalAlertOf(leg: LegName, handshake: Handshake): FatalAlert | undefined {
  for (const [index, message] of handshake.messages.entries()) {
    const { value } = message
    if (value.name !== 'alert') continue
    const { level, description } = value.alert
    const warning = level === 1 && (description === closeNotify || description === userCanceled)
    if (warning || description === closeNotify) continue
    if (level === 1 && handshake.outcome !== 'failed') continue
    return { alert: value.alert, from: senderOf(leg, message), message, index }
  }
  return undefined
}

/** The last message of the handshake protocol before `index`, no later than `until`. */
export const messageBefore = (handshake: Handshake, index: number, until = Infinity): HandshakeMessage | undefined =>
  handshake.messages.slice(0, index).findLast(({ contentType, at }) => contentType === 22 && at <= until)

/** True where a leg ended before anything of TLS had passed on it: the peer cannot have disliked what it never saw. */
export const endedUnseen = ({ messages }: Handshake, at: number): boolean => messages.every(message => message.at > at)

/** `12 ms after Parley’s Certificate`, for the evidence of a failure; of an end that came first, `24 ms before any TLS message`. */
export function afterWhat(leg: LegName, handshake: Handshake, index: number, at: number): string {
  const [first] = handshake.messages
  if (index > 0 && first && endedUnseen(handshake, at)) return `${(first.at - at).toFixed(1)} ms before any TLS message`
  const before = messageBefore(handshake, index, at)
  if (!before) return 'before any message'
  return `${(at - before.at).toFixed(1)} ms after ${possessive[senderOf(leg, before)]} ${messageTitle(before.name)}`
}

const possessive: Readonly<Record<Party, string>> = {
  client: 'the client’s',
  parley: 'Parley’s',
  server: 'the server’s',
}

/** True once the certificate of the leg's server side was sent. */
export const certificateSent = (handshake: Handshake, direction: HandshakeMessage['direction']): boolean =>
  handshake.messages.some(
    message => message.direction === direction && /^(compressed_)?certificate$/.test(message.name),
  )
