import type { Link } from '../model/link.ts'
import type { Handshake } from '../wire/tls/handshake.ts'
import { type Lack, lackOf, type Offer } from '../wire/tls/narrow-offer.ts'
import type { ProblemCode } from './codes.ts'
import { certificateSent, type FatalAlert, messageBefore } from './last-words.ts'

/** RFC 8446 6.2: bad, unsupported, revoked, expired or unknown certificate, unknown_ca, access_denied. */
const aboutCertificates = new Set([42, 43, 44, 45, 46, 48, 49])

/** RFC 8446 6.2: record_overflow, illegal_parameter, decode_error, missing_extension, unsupported_extension. */
export const aboutForm = new Set([22, 47, 50, 109, 110])

const certificateRequired = 116
export const unexpectedMessage = 10
const badRecordMac = 20
const handshakeFailure = 40
const decryptError = 51
const internalError = 80

const byLack: Readonly<Record<Lack['list'], ProblemCode>> = {
  'cipher-suite': 'tls/no-common-suite',
  group: 'tls/no-common-group',
  'signature-algorithm': 'tls/no-common-signature-algorithm',
}

/** Of the client; all else that it may refuse is no choice of Parley’s alone. */
const ofClient: Readonly<Record<number, ProblemCode>> = { 70: 'tls/no-common-version', 90: 'tls/client-cancelled' }

/** Of whoever answers a hello. */
const ofServer: Readonly<Record<number, ProblemCode>> = {
  70: 'tls/no-common-version',
  71: 'tls/no-common-suite',
  86: 'tls/inappropriate-fallback',
  112: 'tls/unrecognized-name',
  116: 'tls/client-certificate-required',
  120: 'tls/no-common-alpn',
}

/** What had been said on a leg when an alert came. */
export interface Before {
  /** The certificate of its server side. */
  readonly certified?: boolean
  /** A Finished was the last word, and no signature came with it. */
  readonly sealed?: boolean
  /** Nothing but a ClientHello, and it may be a HelloRetryRequest. */
  readonly answersHello?: boolean
  readonly retried?: boolean
  /** What that hello offered. */
  readonly offer?: Offer | undefined
  /** A client certificate was asked for, and one was shown. */
  readonly asked?: boolean | undefined
  readonly shown?: boolean | undefined
}

/** What an alert in a handshake means, whose name may say little without what came before it. */
export function meaningOf(from: 'client' | 'server', description: number, before: Before): ProblemCode {
  if (description === badRecordMac) return 'tls/bad-record'
  return from === 'client' ? clientMeans(description, before) : serverMeans(description, before)
}

function clientMeans(description: number, { certified, sealed }: Before): ProblemCode {
  if (description === decryptError) return sealed ? 'tls/bad-finished' : 'tls/client-rejected-leaf'
  if (certified && aboutCertificates.has(description)) return 'tls/client-rejected-leaf'
  return ofClient[description] ?? 'tls/refused-by-client'
}

function serverMeans(description: number, { answersHello, retried, offer, asked, shown }: Before): ProblemCode {
  const known = ofServer[description]
  if (known) return known
  if (description === internalError) return 'tls/server-internal-error'
  if (answersHello && (description === decryptError || aboutForm.has(description))) return 'tls/server-rejected-hello'
  if (description === decryptError) return shown ? 'tls/client-certificate-refused' : 'tls/bad-finished'
  if (asked && (description === handshakeFailure || aboutCertificates.has(description)))
    return shown ? 'tls/client-certificate-refused' : 'tls/client-certificate-required' // RFC 5246 7.2.2
  if (description !== handshakeFailure || !answersHello) return 'tls/refused-by-server'
  if (retried) return 'tls/no-common-group'
  const lack = offer && lackOf(offer)
  return lack ? byLack[lack.list] : 'tls/no-common-suite'
}

/** The code of the problem that an alert stands for, given what was said before it. */
export function codeOfAlert(link: Link, handshake: Handshake, found: FatalAlert): ProblemCode {
  const { alert, from } = found
  const { description } = alert
  if (description === badRecordMac) return 'tls/bad-record'
  if (description === unexpectedMessage && from === 'parley') return 'tls/unexpected-message'
  if (from === 'parley' && aboutForm.has(description)) return 'tls/illegal-message'
  if (handshake.outcome === 'established' && description !== certificateRequired)
    return from === 'parley' && followsUnreadable(handshake, found) ? 'tls/bad-record' : `tls/ended-by-${from}`
  const before = beforeOf(handshake, found)
  if (from === 'parley') return parleyMeans(link, description, before)
  const code = meaningOf(from, description, before)
  return code === 'tls/client-rejected-leaf' && link === 'whole' ? 'tls/client-rejected-certificate' : code
}

/** On the client leg Parley answers as a server. */
function parleyMeans(link: Link, description: number, before: Before): ProblemCode {
  if (description === decryptError) return before.sealed ? 'tls/bad-finished' : 'tls/refused-by-parley'
  if (link === 'upstream' || description === internalError) return 'tls/refused-by-parley'
  const code = meaningOf('server', description, before)
  return code === 'tls/refused-by-server' ? 'tls/refused-by-parley' : code
}

function beforeOf(handshake: Handshake, { index, message: { direction } }: FatalAlert): Before {
  const said = handshake.messages.slice(0, index)
  const names = new Set(said.map(({ name }) => name))
  const heard = said.filter(one => one.contentType === 22 && one.direction !== direction) // by the sender of the alert
  // TLS 1.3 says both in one flight; there a Finished that does not fit shows as a record that cannot be opened.
  const signed = heard.some(({ name }) => name === 'certificate_verify')
  return {
    certified: certificateSent(handshake, 'to-client'),
    sealed: heard.at(-1)?.name === 'finished' && !signed,
    answersHello: messageBefore(handshake, index)?.name === 'client_hello',
    retried: names.has('hello_retry_request'),
    offer: handshake.clientHello,
    asked: names.has('certificate_request'),
    shown: handshake.clientCertificates.length > 0 || signed,
  }
}

/** Of a record this small (bytes) all is kept, so where it stays closed in a session that was read, nobody can open it. */
const small = 64

function followsUnreadable({ records }: Handshake, { message }: FatalAlert): boolean {
  const before = records.slice(0, message.records[0]).findLast(({ direction }) => direction !== message.direction)
  return before?.encrypted === true && !before.opened && before.length <= small
}
