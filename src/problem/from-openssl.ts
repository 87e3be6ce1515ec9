import type { LegClosed } from '../model/connection.ts'
import type { LegName, Party } from '../model/party.ts'
import { failureOf, type ProblemCode } from './codes.ts'
import { type Problem, problemOf } from './problem.ts'

/** A code, and what more is known than its cause. */
type Row = ProblemCode | readonly [code: ProblemCode, detail: string]
type Rows = Readonly<Record<string, Row>>

/** What an alert means by the leg that it came in on. The alert's name is RFC 8446 6's. */
const alerts: Readonly<Record<LegName, Rows>> = {
  client: {
    UNKNOWN_CA: 'tls/client-rejected-leaf',
    BAD_CERTIFICATE: 'tls/client-rejected-leaf',
    CERTIFICATE_UNKNOWN: 'tls/client-rejected-leaf',
    CERTIFICATE_EXPIRED: ['tls/client-rejected-leaf', 'it holds the certificate for expired; compare both clocks'],
    UNSUPPORTED_CERTIFICATE: ['tls/client-rejected-leaf', 'it does not support this kind of certificate'],
    DECRYPT_ERROR: ['tls/client-rejected-leaf', 'it could not verify the signature (alert decrypt_error)'],
    BAD_RECORD_MAC: 'tls/bad-record',
    PROTOCOL_VERSION: 'tls/no-common-version',
    HANDSHAKE_FAILURE: 'tls/no-common-suite',
    INSUFFICIENT_SECURITY: ['tls/no-common-suite', 'the client holds what was agreed for too weak'],
    USER_CANCELED: 'tls/client-cancelled',
  },
  upstream: {
    HANDSHAKE_FAILURE: [
      'tls/no-common-suite',
      'the server found no suite, group or signature algorithm it accepts (alert handshake_failure)',
    ],
    PROTOCOL_VERSION: 'tls/no-common-version',
    INAPPROPRIATE_FALLBACK: 'tls/inappropriate-fallback',
    UNRECOGNIZED_NAME: 'tls/unrecognized-name',
    NO_APPLICATION_PROTOCOL: 'tls/no-common-alpn',
    CERTIFICATE_REQUIRED: 'tls/client-certificate-required',
    UNKNOWN_CA: 'tls/client-certificate-refused',
    BAD_CERTIFICATE: 'tls/client-certificate-refused',
    UNSUPPORTED_CERTIFICATE: 'tls/client-certificate-refused',
    CERTIFICATE_REVOKED: 'tls/client-certificate-refused',
    CERTIFICATE_EXPIRED: 'tls/client-certificate-refused',
    CERTIFICATE_UNKNOWN: 'tls/client-certificate-refused',
    ACCESS_DENIED: 'tls/client-certificate-refused',
    INSUFFICIENT_SECURITY: ['tls/no-common-suite', 'the server holds every offered suite for too weak'],
    ILLEGAL_PARAMETER: 'tls/server-rejected-hello',
    DECODE_ERROR: 'tls/server-rejected-hello',
    BAD_RECORD_MAC: 'tls/bad-record',
    DECRYPT_ERROR: 'tls/bad-finished',
    INTERNAL_ERROR: 'tls/server-internal-error',
  },
}

/** What OpenSSL itself complained about, by its reason. */
const local: Rows = {
  NO_SHARED_CIPHER: 'tls/no-common-suite',
  UNSUPPORTED_PROTOCOL: 'tls/no-common-version',
  VERSION_TOO_LOW: ['tls/no-common-version', 'the other side offers only versions that are too old'],
  WRONG_VERSION_NUMBER: 'tls/not-tls',
  PACKET_LENGTH_TOO_LONG: ['tls/not-tls', 'or a record is too long'],
  BAD_RECORD_TYPE: ['tls/not-tls', 'a record of an unknown type came'],
  HTTP_REQUEST: 'tls/http-on-tls-port',
  NO_SUITABLE_KEY_SHARE: 'tls/no-common-group',
  NO_SUITABLE_GROUPS: 'tls/no-common-group',
  NO_SHARED_GROUP: 'tls/no-common-group',
  NO_SHARED_GROUPS: 'tls/no-common-group',
  BAD_ECPOINT: ['tls/no-common-group', 'the key share is no point of its curve'],
  NO_SUITABLE_SIGNATURE_ALGORITHM: ['tls/no-common-signature-algorithm', 'none fits the certificate'],
  NO_SHARED_SIGNATURE_ALGORITHMS: 'tls/no-common-signature-algorithm',
  WRONG_SIGNATURE_TYPE: ['tls/no-common-signature-algorithm', 'the signature is of one that was not offered'],
  DH_KEY_TOO_SMALL: ['tls/weak-key', 'the Diffie-Hellman group'],
  EE_KEY_TOO_SMALL: ['tls/weak-key', 'the key in the certificate'],
  CA_MD_TOO_WEAK: 'tls/weak-digest',
  DIGEST_CHECK_FAILED: 'tls/bad-finished',
  DECRYPTION_FAILED_OR_BAD_RECORD_MAC: 'tls/bad-record',
  CIPHER_OPERATION_FAILED: 'tls/bad-record', // AES-GCM in TLS 1.2
  UNEXPECTED_MESSAGE: 'tls/unexpected-message',
  UNEXPECTED_EOF_WHILE_READING: 'tls/closed-during-handshake',
}

const alertPrefixes = ['SSL/TLS_ALERT_', 'TLSV1_ALERT_', 'TLSV13_ALERT_', 'SSLV3_ALERT_', 'TLSV1_']

/** Codes of Node's that only say that the connection went; the socket knows how. */
const gone = new Set(['ECONNRESET', 'EPIPE', 'ERR_STREAM_PREMATURE_CLOSE', 'ECONNABORTED'])

/**
 * Who failed a TLS handshake, and how, from the code of Node's error and from how the connection closed.
 * `unheard`: it closed before a ClientHello was sent on it.
 */
export function tlsProblem(leg: LegName, error: NodeJS.ErrnoException, closed?: LegClosed, unheard = false): Problem {
  const peer = leg === 'client' ? 'client' : 'server'
  const code = error.code ?? ''
  if (code === 'ETIMEDOUT')
    return problemOf('tls/handshake-timeout', { blame: peer, detail: `the ${peer} did not answer` })
  if (gone.has(code)) return closedProblem(peer, closed, unheard)
  const reason = wordOf(code)
  return (
    alertProblem(leg, reason) ??
    localProblem(leg, reason) ??
    problemOf(`tls/${peer}-failed`, { detail: reasonOf(error) })
  )
}

const wordOf = (code: string): string => (code.startsWith('ERR_SSL_') ? code.slice('ERR_SSL_'.length) : code)

/** `no ciphers available` of ERR_SSL_NO_CIPHERS_AVAILABLE. */
export const reasonOf = ({ code = '', message }: NodeJS.ErrnoException): string =>
  wordOf(code).toLowerCase().replaceAll('_', ' ') || message

const prefixOf = (reason: string): string | undefined => alertPrefixes.find(prefix => reason.startsWith(prefix))

/** `handshake_failure` of an error that says so; what is no alert may have a name as well. */
export function alertOf({ code = '' }: NodeJS.ErrnoException): string | undefined {
  const reason = wordOf(code)
  return prefixOf(reason) && reason.slice(prefixOf(reason)!.length).toLowerCase()
}

/** The other side sent an alert. OpenSSL's prefix `TLSV1_` stands before names of its own as well. */
function alertProblem(leg: LegName, reason: string): Problem | undefined {
  const prefix = prefixOf(reason)
  if (prefix === undefined) return undefined
  const peer = leg === 'client' ? 'client' : 'server'
  const name = reason.slice(prefix.length)
  const alert = `alert ${name.toLowerCase()} from the ${peer}`
  const row = rowOf(alerts[leg], name)
  if (row) return fill(row, peer, { otherwise: alert })
  return (
    localProblem(leg, reason) ??
    (prefix === 'TLSV1_' ? undefined : problemOf(`tls/refused-by-${peer}`, { detail: alert }))
  )
}

function localProblem(leg: LegName, reason: string): Problem | undefined {
  const row = rowOf(local, reason)
  const peer = leg === 'client' ? 'client' : 'server'
  return row && fill(row, peer, { leg })
}

/** A certificate that the client or Parley should have shown is the one thing that a server tells of somebody else. */
function fill(row: Row, peer: Party, also: { readonly leg?: LegName; readonly otherwise?: string }): Problem {
  const [code, detail = also.otherwise] = typeof row === 'string' ? [row] : row
  const own = failureOf(code)?.blame
  const blame = own === 'client' || own === 'parley' ? own : peer
  return problemOf(code, { blame, leg: also.leg, detail })
}

const rowOf = (rows: Rows, name: string): Row | undefined => (Object.hasOwn(rows, name) ? rows[name] : undefined)

/** What to do about a server that went first. */
export const sawNothing =
  'The server hung up before it saw a ClientHello, so the offer is not why: check the port, and whether the server is overloaded or turns this address away.'

/** `peer` ended the TCP connection during the handshake, or before it. */
export function closedProblem(peer: Exclude<Party, 'parley'>, closed?: LegClosed, unheard = false): Problem {
  if (closed?.by === 'parley') return problemOf('proxy/ended')
  const word = closed?.how === 'fin' ? 'closed' : 'reset'
  return problemOf(
    `tls/${word}-by-${peer}`,
    unheard ? { detail: 'it had seen no ClientHello yet', remedy: sawNothing } : {},
  )
}
