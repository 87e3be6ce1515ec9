import type { Connection } from '../model/connection.ts'
import type { LegName } from '../model/party.ts'
import type { Problem } from '../model/problem.ts'
import type { Handshake } from '../wire/tls/handshake.ts'
import { failureOf } from './failures.ts'
import { afterWhat, certificateSent, type FatalAlert, fatalAlertOf, messageBefore } from './last-words.ts'
import { alertName } from './names.ts'

/**
 * What went wrong on a connection: the engine's problems with cause and remedy filled in, and what the handshakes
 * themselves prove. Where both speak of the same code, the evidence joins the engine's problem.
 */
export function explainFailure(connection: Connection, client?: Handshake, upstream?: Handshake): Problem[] {
  const proven = [...explainLeg('upstream', connection, upstream), ...explainLeg('client', connection, client)]
  const told = connection.problems.map(problem =>
    withTable(
      problem,
      proven.find(({ code }) => code === problem.code),
    ),
  )
  const codes = new Set(told.map(({ code }) => code))
  // A vague word of the engine about a leg gives way to what the alert proves.
  const vague = told.filter(({ code }) => proven.length > 0 && /^tls\/(refused|closed|reset)-by-/.test(code))
  const kept = told.filter(problem => !vague.includes(problem) || proven.some(({ code }) => code === problem.code))
  return [...kept, ...proven.filter(({ code }) => !codes.has(code)).map(problem => withTable(problem))]
}

function withTable(problem: Problem, evidence?: Problem): Problem {
  const entry = failureOf(problem.code)
  const remedy = problem.remedy ?? entry?.remedy
  const proof = evidence && !problem.message.includes(evidence.message) ? ` ${evidence.message}` : ''
  return { ...problem, message: problem.message + proof, ...(remedy && { remedy }) }
}

function explainLeg(leg: LegName, connection: Connection, handshake: Handshake | undefined): Problem[] {
  if (!handshake || handshake.outcome === 'none') return []
  const alert = fatalAlertOf(leg, handshake)
  if (alert) return [fromAlert(leg, handshake, alert)]
  const silent = handshake.outcome === 'established' ? undefined : fromSilence(leg, connection, handshake)
  return silent ? [silent] : []
}

function fromAlert(leg: LegName, handshake: Handshake, found: FatalAlert): Problem {
  const code = codeOfAlert(leg, handshake, found)
  const { alert, from, index, message } = found
  const when = afterWhat(leg, handshake, index, message.at)
  const cause = failureOf(code)?.cause ?? 'The handshake failed.'
  const sender = from === 'parley' ? 'Parley' : `the ${from}`
  return {
    code,
    blame: failureOf(code)?.blame ?? from,
    message: `${cause} Evidence: alert ${alertName(alert.description)} (${alert.description}) from ${sender}, ${when}.`,
  }
}

const aboutCertificates = new Set([42, 43, 44, 45, 46, 48, 49])
const byDescription: Readonly<Record<number, string>> = {
  70: 'tls/no-common-version',
  71: 'tls/no-common-suite',
  86: 'tls/no-common-version',
  112: 'tls/unrecognized-name',
  116: 'tls/client-certificate-required',
  120: 'tls/no-common-alpn',
}

function codeOfAlert(leg: LegName, handshake: Handshake, { alert, from, index }: FatalAlert): string {
  const { description } = alert
  if (from === 'client')
    return aboutCertificates.has(description) && certificateSent(handshake, 'to-client')
      ? 'tls/client-rejected-leaf'
      : 'tls/refused-by-client'
  if (from === 'parley' && leg === 'upstream') return 'tls/refused-by-parley'
  const known = byDescription[description]
  if (known) return known
  const ours = leg === 'upstream' && certificateSent(handshake, 'to-server')
  if (aboutCertificates.has(description) && ours) {
    const sent = handshake.clientCertificates.length > 0
    return sent ? 'tls/client-certificate-refused' : 'tls/client-certificate-required'
  }
  if (description === 40) return codeOfHandshakeFailure(handshake, index)
  return from === 'server' ? 'tls/refused-by-server' : 'tls/refused-by-parley'
}

/** handshake_failure says nothing by itself: what matters is when it came (RFC 5246 7.2.2). */
function codeOfHandshakeFailure(handshake: Handshake, index: number): string {
  const asked = handshake.messages.slice(0, index).some(({ name }) => name === 'certificate_request')
  if (asked && handshake.clientCertificates.length === 0) return 'tls/client-certificate-required'
  if (asked) return 'tls/client-certificate-refused'
  const before = messageBefore(handshake, index)
  if (before?.name === 'client_hello')
    return handshake.messages.some(({ name }) => name === 'hello_retry_request')
      ? 'tls/no-common-group'
      : 'tls/no-common-suite'
  return 'tls/refused-by-server'
}

/** A leg that closed in the middle of its handshake without an alert. */
function fromSilence(leg: LegName, connection: Connection, handshake: Handshake): Problem | undefined {
  const closed = (leg === 'client' ? connection.client : connection.upstream)?.closed
  if (!closed || closed.by === 'parley' || handshake.messages.length === 0) return undefined
  const when = afterWhat(leg, handshake, handshake.messages.length, closed.at)
  const how = closed.how === 'fin' ? 'FIN' : 'RST'
  const pinned = closed.by === 'client' && certificateSent(handshake, 'to-client')
  const code = pinned
    ? 'tls/client-closed-after-certificate'
    : `tls/${closed.how === 'fin' ? 'closed' : 'reset'}-by-${closed.by}`
  const cause = failureOf(code)?.cause ?? 'The handshake was not finished.'
  return { code, blame: closed.by, message: `${cause} Evidence: ${how} from the ${closed.by}, ${when}.` }
}
