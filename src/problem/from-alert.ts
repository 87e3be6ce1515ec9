import type { Link } from '../model/link.ts'
import type { Handshake } from '../wire/tls/handshake.ts'
import { type Lack, lackOf } from '../wire/tls/narrow-offer.ts'
import type { ProblemCode } from './codes.ts'
import { certificateSent, type FatalAlert, messageBefore } from './last-words.ts'

/** RFC 8446 6.2: bad, unsupported, revoked, expired or unknown certificate, unknown_ca, access_denied. */
const aboutCertificates = new Set([42, 43, 44, 45, 46, 48, 49])

const byLack: Readonly<Record<Lack['list'], ProblemCode>> = {
  'cipher-suite': 'tls/no-common-suite',
  group: 'tls/no-common-group',
  'signature-algorithm': 'tls/no-common-signature-algorithm',
}

/** RFC 8446 6.2: record_overflow, illegal_parameter, decode_error, missing_extension, unsupported_extension. */
export const aboutForm = new Set([22, 47, 50, 109, 110])

const certificateRequired = 116
export const unexpectedMessage = 10
const badRecordMac = 20
const decryptError = 51

const byDescription: Readonly<Record<number, ProblemCode>> = {
  70: 'tls/no-common-version',
  71: 'tls/no-common-suite',
  86: 'tls/inappropriate-fallback',
  112: 'tls/unrecognized-name',
  116: 'tls/client-certificate-required',
  120: 'tls/no-common-alpn',
}

/** The code of the problem that an alert stands for, given what was said before it. */
export function codeOfAlert(link: Link, handshake: Handshake, found: FatalAlert): ProblemCode {
  const { alert, from, index } = found
  const { description } = alert
  if (description === badRecordMac) return 'tls/bad-record'
  if (description === unexpectedMessage && found.from === 'parley') return 'tls/unexpected-message'
  if (from === 'parley' && aboutForm.has(description)) return 'tls/illegal-message'
  if (handshake.outcome === 'established' && description !== certificateRequired)
    return from === 'parley' && followsUnreadable(handshake, found) ? 'tls/bad-record' : `tls/ended-by-${from}`
  if (description === decryptError) return codeOfDecryptError(handshake, found)
  const aboutCertificate = aboutCertificates.has(description)
  if (from === 'client')
    return aboutCertificate && certificateSent(handshake, 'to-client')
      ? link === 'whole'
        ? 'tls/client-rejected-certificate'
        : 'tls/client-rejected-leaf'
      : 'tls/refused-by-client'
  if (from === 'parley' && link === 'upstream') return 'tls/refused-by-parley'
  const known = byDescription[description]
  if (known) return known
  if (aboutCertificate && link !== 'client' && certificateSent(handshake, 'to-server'))
    return handshake.clientCertificates.length > 0
      ? 'tls/client-certificate-refused'
      : 'tls/client-certificate-required'
  if (description === 40) return codeOfHandshakeFailure(handshake, index)
  return from === 'server' ? 'tls/refused-by-server' : 'tls/refused-by-parley'
}

/** Of a record this small (bytes) all is kept, so where it stays closed in a session that was read, nobody can open it. */
const small = 64

function followsUnreadable({ records }: Handshake, { message }: FatalAlert): boolean {
  const before = records.slice(0, message.records[0]).findLast(({ direction }) => direction !== message.direction)
  return before?.encrypted === true && !before.opened && before.length <= small
}

/** decrypt_error is about the signature, Finished or binder that came before it (RFC 8446 6.2). */
function codeOfDecryptError(handshake: Handshake, { from, message, index }: FatalAlert): ProblemCode {
  const heard = handshake.messages
    .slice(0, index)
    .filter(({ direction, contentType }) => contentType === 22 && direction !== message.direction)
  const last = heard.at(-1)?.name
  // TLS 1.3 says both in one flight; there a Finished that does not fit shows as a record that cannot be opened.
  const signed = heard.some(({ name }) => name === 'certificate_verify')
  if (last === 'finished' && !signed) return 'tls/bad-finished'
  if (from === 'client') return 'tls/client-rejected-leaf'
  if (from === 'parley') return 'tls/refused-by-parley'
  return last === 'client_hello' ? 'tls/server-rejected-hello' : 'tls/client-certificate-refused'
}

/** handshake_failure says nothing by itself: what matters is when it came (RFC 5246 7.2.2). */
function codeOfHandshakeFailure(handshake: Handshake, index: number): ProblemCode {
  const asked = handshake.messages.slice(0, index).some(({ name }) => name === 'certificate_request')
  if (asked && handshake.clientCertificates.length === 0) return 'tls/client-certificate-required'
  if (asked) return 'tls/client-certificate-refused'
  if (messageBefore(handshake, index)?.name !== 'client_hello') return 'tls/refused-by-server'
  const retried = handshake.messages.some(({ name }) => name === 'hello_retry_request')
  if (retried) return 'tls/no-common-group'
  const lack = handshake.clientHello && lackOf(handshake.clientHello)
  return lack ? byLack[lack.list] : 'tls/no-common-suite'
}
