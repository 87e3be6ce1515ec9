import type { LegClosed } from '../model/connection.ts'
import type { LegName, Party } from '../model/party.ts'
import { alertDescriptions, alertName } from '../wire/tls/registry/alerts.ts'
import { failureOf, type ProblemCode } from './codes.ts'
import { type Before, meaningOf } from './from-alert.ts'
import { type Problem, problemOf } from './problem.ts'

/** A code, and what more is known than its cause. */
type Row = ProblemCode | readonly [code: ProblemCode, detail: string]
type Rows = Readonly<Record<string, Row>>

/** What is more to say of an alert than its name, by the leg that it came in on. */
const alertDetails: Readonly<Record<LegName, Readonly<Record<string, string>>>> = {
  client: {
    certificate_expired: 'it holds the certificate for expired; compare both clocks',
    unsupported_certificate: 'it does not support this kind of certificate',
    decrypt_error: 'it could not verify the signature (alert decrypt_error)',
    insufficient_security: 'it holds what was agreed for too weak (alert insufficient_security)',
  },
  upstream: {
    insufficient_security: 'the server holds every offered suite for too weak',
  },
}

const alertNumbers: ReadonlyMap<string, number> = new Map(
  Object.entries(alertDescriptions).map(([description, name]) => [String(name), Number(description)]),
)

/** What a peer has mostly heard when it sends an alert. */
const mostly: Readonly<Record<LegName, Before>> = { client: { certified: true }, upstream: { answersHello: true } }

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
  BAD_SIGNATURE: 'tls/bad-signature',
  DIGEST_CHECK_FAILED: 'tls/bad-finished',
  DECRYPTION_FAILED_OR_BAD_RECORD_MAC: 'tls/bad-record',
  CIPHER_OPERATION_FAILED: 'tls/bad-record', // AES-GCM in TLS 1.2
  UNEXPECTED_MESSAGE: 'tls/unexpected-message',
  UNEXPECTED_EOF_WHILE_READING: 'tls/closed-during-handshake',
}

const alertPrefixes = ['SSL/TLS_ALERT_', 'TLSV1_ALERT_', 'TLSV13_ALERT_', 'SSLV3_ALERT_', 'TLSV1_']

/** Codes of Node's that only say that the connection went; the socket knows how. */
const gone = new Set(['ECONNRESET', 'EPIPE', 'ERR_STREAM_PREMATURE_CLOSE', 'ECONNABORTED'])

/** What is known besides Node’s error. */
interface Known {
  readonly closed?: LegClosed | undefined
  /** It closed before a ClientHello was sent on it. */
  readonly unheard?: boolean | undefined
  readonly before?: Before
}

/** Who failed a TLS handshake, and how, from the code of Node's error and from how the connection closed. */
export function tlsProblem(
  leg: LegName,
  error: NodeJS.ErrnoException,
  { closed, unheard = false, before = mostly[leg] }: Known = {},
): Problem {
  const peer = peerOf(leg)
  const code = error.code ?? ''
  if (code === 'ETIMEDOUT')
    return problemOf('tls/handshake-timeout', { blame: peer, detail: `the ${peer} did not answer` })
  if (gone.has(code)) return closedProblem(peer, closed, unheard)
  return (
    alertProblem(leg, error, before) ??
    localProblem(leg, wordOf(code)) ??
    problemOf(`tls/${peer}-failed`, { detail: reasonOf(error) })
  )
}

const peerOf = (leg: LegName): 'client' | 'server' => (leg === 'client' ? 'client' : 'server')

const wordOf = (code: string): string => (code.startsWith('ERR_SSL_') ? code.slice('ERR_SSL_'.length) : code)

/** `no ciphers available` of ERR_SSL_NO_CIPHERS_AVAILABLE. */
export const reasonOf = ({ code = '', message }: NodeJS.ErrnoException): string =>
  wordOf(code).toLowerCase().replaceAll('_', ' ') || message

/**
 * `handshake_failure` of an error that says that the peer sent it; undefined where none came. OpenSSL's prefix `TLSV1_`
 * stands before names of its own as well.
 */
export function alertOf({ code = '' }: NodeJS.ErrnoException): string | undefined {
  const reason = wordOf(code)
  const prefix = alertPrefixes.find(one => reason.startsWith(one))
  const name = prefix && reason.slice(prefix.length).toLowerCase()
  return name && (prefix !== 'TLSV1_' || alertNumbers.has(name)) ? name : undefined
}

/** The other side sent an alert. */
function alertProblem(leg: LegName, error: NodeJS.ErrnoException, before: Before): Problem | undefined {
  const name = alertOf(error)
  if (name === undefined) return undefined
  const description = alertNumbers.get(name)
  if (description !== undefined) return problemOfAlert(leg, description, before)
  const peer = peerOf(leg)
  return problemOf(`tls/refused-by-${peer}`, { detail: `alert ${name} from the ${peer}` })
}

/** What the other side meant by an alert. */
export function problemOfAlert(leg: LegName, description: number, before: Before): Problem {
  const peer = peerOf(leg)
  const name = alertName(description)
  const code = meaningOf(peer, description, before)
  return problemOf(code, {
    blame: blameOf(code, peer),
    detail: alertDetails[leg][name] ?? `alert ${name} from the ${peer}`,
  })
}

function localProblem(leg: LegName, reason: string): Problem | undefined {
  if (!Object.hasOwn(local, reason)) return undefined
  const row = local[reason]!
  const [code, detail] = typeof row === 'string' ? [row] : row
  return problemOf(code, { blame: blameOf(code, peerOf(leg)), leg, detail })
}

/** A certificate that the client or Parley should have shown is the one thing that a server tells of somebody else. */
function blameOf(code: ProblemCode, peer: Party): Party {
  const own = failureOf(code)?.blame
  return own === 'client' || own === 'parley' ? own : peer
}

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
