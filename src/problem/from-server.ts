import type { LegClosed } from '../model/connection.ts'
import { TlsError } from '../wire/tls/client/tls-error.ts'
import { lackOf, type Offer } from '../wire/tls/narrow-offer.ts'
import type { ProblemCode } from './codes.ts'
import { alertOf, problemOfAlert, reasonOf, tlsProblem } from './from-openssl.ts'
import { tlsClientProblem } from './from-tls-client.ts'
import { type Problem, problemOf } from './problem.ts'

/** What is known of a handshake with the server, besides the error that ended it. */
export interface ServerHeard {
  readonly closed?: LegClosed | undefined
  /** It closed before a ClientHello was sent. */
  readonly unheard?: boolean
  /** Bytes that came. */
  readonly received: number
  /** The first of them. */
  readonly first?: Uint8Array | undefined
  /** The description of an alert that came last, and left OpenSSL unmoved. */
  readonly warning?: number | undefined
  /** The server asked for a client certificate. */
  readonly asked?: boolean | undefined
  /** Parley had one to show. */
  readonly hadCertificate?: boolean | undefined
  /** The client's own offer, where that was sent. */
  readonly offer?: Offer | undefined
}

/** Why TLS with the server failed: Node's error, in the light of what had come by then. */
export function serverProblem(error: NodeJS.ErrnoException, heard: ServerHeard): Problem {
  const { closed, unheard, received, asked, hadCertificate: shown, offer, first, warning } = heard
  const before = { answersHello: received <= noCertificate, asked, shown, offer }
  const own = error instanceof TlsError ? error : undefined
  const problem = own ? tlsClientProblem(own, before) : tlsProblem('upstream', error, { closed, unheard, before })
  if (leaves.has(problem.code) && warning !== undefined && !quiet.has(warning))
    return problemOfAlert('upstream', warning, before)
  if (received === 0 && error.code?.startsWith('ERR_SSL_')) return noHello(problem.code, error)
  if (problem.code === 'tls/not-tls') return asWhatCame(problem, first)
  const isBare = own ? own.received && own.alert === handshakeFailure : alertOf(error) === 'handshake_failure'
  return isBare && lacks.has(problem.code) ? asLack(problem, heard) : problem
}

const leaves: ReadonlySet<ProblemCode> = new Set<ProblemCode>(['tls/closed-by-server', 'tls/reset-by-server'])
const quiet = new Set([0, 90]) // close_notify, user_canceled: they name no reason (RFC 8446 6.1)

/** OpenSSL made no ClientHello of what the client offers. */
const noHello = (code: ProblemCode, error: NodeJS.ErrnoException): Problem =>
  problemOf(code, {
    blame: 'parley',
    leg: 'upstream',
    detail: `Parley can make no ClientHello of what the client offers (${reasonOf(error)})`,
    remedy: 'Send Parley’s own hello instead with --no-mirror, or pass this host through (--pass-through).',
  })

const handshakeFailure = 40

const noCertificate = 300 // bytes; a record with an alert has 7, a HelloRetryRequest about 100, a certificate more

/** What of the hello a bare handshake_failure in answer to it means. */
function asLack(problem: Problem, { offer }: ServerHeard): Problem {
  const lack = offer && lackOf(offer)
  const what = 'the server found no suite, group or signature algorithm it accepts (alert handshake_failure)'
  if (!lack || lack.list === 'cipher-suite') return problemOf(problem.code, { detail: what })
  const missing = lack.missing.join(' and ')
  return problemOf(problem.code, {
    detail: `the server answered with alert handshake_failure, and the offer lacks ${missing}, which nearly every server has (RFC 8446 9.1)`,
  })
}

const lacks: ReadonlySet<ProblemCode> = new Set<ProblemCode>([
  'tls/no-common-suite',
  'tls/no-common-group',
  'tls/no-common-signature-algorithm',
])

/** What OpenSSL takes for no TLS may be a record of another version, or HTTP, which many servers speak on the wrong port. */
function asWhatCame(problem: Problem, first: Uint8Array | undefined): Problem {
  if (!first) return problem
  const [type = 0, major] = first
  if (type >= 20 && type <= 24 && major === 3)
    return problemOf('tls/illegal-message', {
      leg: 'upstream',
      detail: 'a record of another version, of an unknown type, or in clear',
    })
  const isHttp = Buffer.from(first.subarray(0, 5)).toString('latin1') === 'HTTP/'
  return isHttp ? problemOf('tls/http-on-tls-port', { leg: 'upstream' }) : problem
}

/**
 * The server ended a session that stood, before it answered anything. In TLS 1.3 that is how it refuses a client
 * certificate, or none (RFC 8446 4.4.2.4): then the alert says so.
 */
export function lateProblem(error: NodeJS.ErrnoException, hadCertificate?: boolean): Problem {
  const before = { asked: true, shown: hadCertificate }
  if (error instanceof TlsError) return tlsClientProblem(error, before)
  return error.code?.startsWith('ERR_SSL_')
    ? tlsProblem('upstream', error, { before })
    : problemOf('http/no-answer', { detail: error.code ?? error.message })
}

/** The server spoke another protocol before the client said its hello. */
export const spokeFirst: Problem = problemOf('tls/not-tls', {
  detail: 'the server spoke first, in another protocol, and the client answered with a ClientHello',
})
