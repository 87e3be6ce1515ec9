import type { Handshake, HandshakeMessage } from '../../wire/tls/handshake.ts'
import { gapsBetween } from '../mirror-gaps.ts'
import { alertName } from '../names.ts'
import { type Check, mismatch, sameOffer } from './check.ts'

const fatal = 2
/** RFC 8446 6: bad_record_mac, record_overflow, decrypt_error, user_canceled say that something went wrong, not what was offered. */
const notAboutOffers = new Set([20, 22, 51, 90])

/** A fatal alert from the server: what it refused was Parley's offer, which is the client's where it was mirrored in full. */
export const checkRefusal: Check = ({ connection, hello, sent, upstream }) => {
  const description = fatalAlertOf(upstream)
  if (description === undefined || notAboutOffers.has(description)) return undefined
  const gaps = gapsBetween(connection.upstream?.mirrorGaps, hello, sent)
  const faithful = gaps?.length === 0 && (!sent || sameOffer(hello, sent))
  const name = alertName(description)
  return {
    aspect: 'alert',
    standing: faithful ? 'fails' : 'may-fail',
    sentence: faithful
      ? `The server refused the client’s own offer with ${name}.`
      : `The server refused Parley’s offer with ${name}; the client’s offer is not quite the same.`,
    asBrowser: asBrowser[description] ?? 'ERR_SSL_PROTOCOL_ERROR',
    asOpenssl: `alert ${name.replaceAll('_', ' ')}`,
  }
}

const asBrowser: Readonly<Record<number, string>> = {
  40: mismatch,
  70: mismatch,
  71: mismatch,
  112: 'ERR_SSL_UNRECOGNIZED_NAME_ALERT',
  116: 'ERR_BAD_SSL_CLIENT_AUTH_CERT',
}

function fatalAlertOf(handshake: Handshake): number | undefined {
  if (handshake.outcome === 'established') return undefined
  const fromServer = ({ direction }: HandshakeMessage) => direction === 'to-client'
  for (const { value } of handshake.messages.filter(fromServer))
    if (value.name === 'alert' && value.alert.level === fatal) return value.alert.description
  return undefined
}
