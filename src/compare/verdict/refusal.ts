import { fatalAlertOf } from '../../problem/last-words.ts'
import { gapsBetween } from '../mirror-gaps.ts'
import { alertName } from '../names.ts'
import { type Check, mismatch, sameOffer } from './check.ts'

/** RFC 8446 6: bad_record_mac, record_overflow, decrypt_error, user_canceled say that something went wrong, not what was offered. */
const notAboutOffers = new Set([20, 22, 51, 90])

/** The server ended the handshake with an alert: what it refused was Parley's offer, which is the client's where it was mirrored in full. */
export const checkRefusal: Check = ({ connection, hello, sent, upstream }) => {
  const found = upstream.outcome === 'established' ? undefined : fatalAlertOf('upstream', upstream)
  if (found?.from !== 'server' || notAboutOffers.has(found.alert.description)) return undefined
  const { description } = found.alert
  const gaps = gapsBetween(connection.upstream?.mirrorGaps, hello, sent)
  const faithful = gaps?.length === 0 && (!sent || sameOffer(hello, sent))
  const name = alertName(description)
  return {
    aspect: 'alert',
    standing: faithful ? 'fails' : 'may-fail',
    sentence: faithful
      ? `The server refused the client’s own offer with ${name}.`
      : `The server refused Parley’s offer with ${name}; the client’s offer differs slightly.`,
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
