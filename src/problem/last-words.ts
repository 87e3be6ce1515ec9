import type { LegClosed } from '../model/connection.ts'
import { type Link, senderOf } from '../model/link.ts'
import type { Party } from '../model/party.ts'
import type { Handshake, HandshakeMessage } from '../wire/tls/handshake.ts'
import { messageTitle } from '../wire/tls/message-title.ts'
import type { Alert } from '../wire/tls/values.ts'

/** The alert that ended a handshake. */
export interface FatalAlert {
  readonly alert: Alert
  readonly from: Party
  readonly message: HandshakeMessage
  readonly index: number
}

const warning = 1
const closeNotify = 0
const userCanceled = 90

/**
 * The first alert that says why a handshake ended. A warning does where the handshake failed and nothing fatal came:
 * TLS 1.3 ignores the level (RFC 8446 6), and before it a server may go on after a warning such as unrecognized_name:
 * one that other messages follow ended nothing.
 */
export function fatalAlertOf(link: Link, handshake: Handshake): FatalAlert | undefined {
  const alerts = handshake.messages.flatMap((message, index) => {
    const { value } = message
    if (value.name !== 'alert' || value.alert.description === closeNotify) return []
    if (value.alert.level === warning && value.alert.description === userCanceled) return []
    return [{ alert: value.alert, from: senderOf(link, message.direction), message, index }]
  })
  const fatal = alerts.find(({ alert }) => alert.level !== warning)
  if (fatal || handshake.outcome !== 'failed') return fatal
  const last = handshake.messages.findLastIndex(({ contentType }) => contentType === 22)
  return alerts.find(({ index }) => index > last)
}

/** How a peer ended a leg: by TCP, or with the close_notify that stands for it. */
export interface Farewell {
  readonly at: number
  readonly by: Party
  readonly how: LegClosed['how'] | 'close_notify'
}

/** The close_notify with which a peer broke off a handshake; Parley then closes the connection. */
export function farewellOf(link: Link, handshake: Handshake): Farewell | undefined {
  if (handshake.outcome !== 'failed') return undefined
  const message = handshake.messages.find(
    one => one.value.name === 'alert' && one.value.alert.description === closeNotify,
  )
  return message && { at: message.at, by: senderOf(link, message.direction), how: 'close_notify' }
}

/** The last message of the handshake protocol before `index`, no later than `until`. */
export const messageBefore = (handshake: Handshake, index: number, until = Infinity): HandshakeMessage | undefined =>
  handshake.messages.slice(0, index).findLast(({ contentType, at }) => contentType === 22 && at <= until)

/** True where a leg ended before anything of TLS had passed on it: the peer cannot have disliked what it never saw. */
export const endedUnseen = ({ messages }: Handshake, at: number): boolean => messages.every(message => message.at > at)

/** `12 ms after Parley’s Certificate`, for the evidence of a failure; of an end that came first, `24 ms before any TLS message`. */
export function afterWhat(link: Link, handshake: Handshake, index: number, at: number): string {
  const [first] = handshake.messages
  if (index > 0 && first && endedUnseen(handshake, at)) return `${(first.at - at).toFixed(1)} ms before any TLS message`
  const before = messageBefore(handshake, index, at)
  if (!before) return 'before any message'
  return `${(at - before.at).toFixed(1)} ms after ${possessive[senderOf(link, before.direction)]} ${messageTitle(before.name)}`
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
