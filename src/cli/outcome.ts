import type { Connection } from '../model/connection.ts'
import type { Exchange } from '../model/exchange.ts'
import type { ProblemCode } from '../problem/codes.ts'

/** What one request came to. */
export interface Outcome {
  /** A whole response came, and it is the server's. */
  readonly answered: boolean
  /** Why there is no whole response, in a sentence without a stop. */
  readonly reason?: string
}

/**
 * Judges a request by what was recorded of it, not by what the client that sent it could read. Of a connection that was
 * passed through nothing was recorded: there the client's word counts.
 */
export function outcomeOf(exchange: Exchange | undefined, why?: Why): Outcome {
  if (!exchange) return why ? { answered: false, reason: `no response: ${why.text}` } : { answered: true }
  const { response, aborted, upgraded } = exchange
  if (!response && upgraded === undefined) return { answered: false, reason: `no response: ${reasonOf(exchange, why)}` }
  if (aborted?.how === 'connection-failed' && response?.endedAt !== undefined) return { answered: false } // by Parley
  const whole = upgraded !== undefined || (response?.endedAt !== undefined && !aborted)
  if (!whole) return { answered: false, reason: `only a part of the response came: ${reasonOf(exchange, why)}` }
  return { answered: true }
}

/** What is known besides the record. */
export interface Why {
  readonly text: string
  /** The person or a limit ended it: that counts more than what was recorded of the end. */
  readonly calledOff: boolean
}

const reasonOf = ({ problems, aborted }: Exchange, why: Why | undefined): string =>
  (why?.calledOff ? why.text : undefined) ??
  problems.at(-1)?.message ??
  aborted?.why ??
  why?.text ??
  'the connection ended'

const leftEarly: ReadonlySet<string> = new Set<ProblemCode>([
  'tls/closed-by-client',
  'tls/reset-by-client',
  'tls/client-closed-after-certificate',
  'tls/client-closed-in-hello',
])

/** The connection, where its client is `trace` itself and left for a reason that is known. */
export function withReason(connection: Connection, reason: string): Connection {
  const problems = connection.problems.map(problem =>
    problem.blame === 'client' && leftEarly.has(problem.code)
      ? { ...problem, message: `${problem.message}, because ${reason}`, remedy: lookAtLast }
      : problem,
  )
  return { ...connection, problems }
}

const lookAtLast = 'Look at the last message on each leg to see who was being waited for.'
