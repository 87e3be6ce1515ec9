import { isWhole } from '../../model/link.ts'
import { codeOfAlert } from '../../problem/from-alert.ts'
import { fatalAlertOf } from '../../problem/last-words.ts'
import { gapsBetween } from '../mirror-gaps.ts'
import { alertName, isGrease } from '../names.ts'
import { type Check, mismatch, type Question, sameOffer } from './check.ts'

/** RFC 8446 6: bad_record_mac, record_overflow, decrypt_error, user_canceled say that something went wrong, not what was offered. */
const notAboutOffers = new Set([20, 22, 51, 90])

/** The server ended the handshake with an alert: what it refused was Parley's offer, which is the client's where it was mirrored in full. */
export const checkRefusal: Check = question => {
  const { upstream } = question
  const found = upstream.outcome === 'established' ? undefined : fatalAlertOf('upstream', upstream)
  if (found?.from !== 'server' || notAboutOffers.has(found.alert.description)) return undefined
  const { description } = found.alert
  const name = alertName(description)
  const asOpenssl = `alert ${name.replaceAll('_', ' ')}`
  const about = isWhole(question.connection) ? undefined : aboutCertificate[codeOfAlert('upstream', upstream, found)]
  if (about)
    return { aspect: 'alert', standing: 'may-fail', sentence: about, asBrowser: badClientCertificate, asOpenssl }
  const faithful = isFaithful(question)
  return {
    aspect: 'alert',
    standing: faithful ? 'fails' : 'may-fail',
    sentence: faithful
      ? `The server refused the client’s own offer with ${name}.`
      : `The server refused Parley’s offer with ${name}; the client’s offer differs slightly.`,
    asBrowser: asBrowser[description] ?? 'ERR_SSL_PROTOCOL_ERROR',
    asOpenssl,
  }
}

const badClientCertificate = 'ERR_BAD_SSL_CLIENT_AUTH_CERT'

/** What the client would have shown is its own matter; by the code of the problem. */
const aboutCertificate: Readonly<Record<string, string>> = {
  'tls/client-certificate-required':
    'The server requires a client certificate, and Parley has none to show; whether the client has one is not known.',
  'tls/client-certificate-refused':
    'The server refused the client certificate that Parley was given; the client may have another.',
}

/** Whether the server saw all of the client's offer that it can judge: padding says nothing (RFC 7685), nor does GREASE (RFC 8701). */
function isFaithful({ connection, hello, sent }: Question): boolean {
  const gaps = gapsBetween(connection.upstream?.mirrorGaps, hello, sent)
  const telling = gaps?.filter(({ kind, id }) => !isGrease(id) && !(kind === 'extension' && id === padding))
  return telling?.length === 0 && (!sent || sameOffer(hello, sent))
}

const padding = 21

const asBrowser: Readonly<Record<number, string>> = {
  40: mismatch,
  70: mismatch,
  71: mismatch,
  112: 'ERR_SSL_UNRECOGNIZED_NAME_ALERT',
  116: badClientCertificate,
}
