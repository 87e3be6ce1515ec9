import type { MirrorGap } from '../../model/connection.ts'
import type { Problem } from '../../model/problem.ts'
import { tlsProblem } from '../../problem/from-openssl.ts'
import type { FirstWords } from './first-words.ts'

/** Something that Parley itself did wrong. */
export const internalProblem = (error: Error): Problem => ({
  code: 'proxy/internal',
  blame: 'parley',
  message: `Parley failed on this connection: ${error.message}`,
  remedy: 'please report it with the capture file',
})

/** The client went, or kept silent, within its hello. */
export const helloCutOff = ({
  kind,
  bytes,
}: {
  readonly kind: FirstWords['kind']
  readonly bytes: number
}): Problem => ({
  code: kind === 'gone' ? 'tls/client-closed-in-hello' : 'tls/hello-timeout',
  blame: 'client',
  message: `the client sent ${bytes} bytes of a ClientHello and ${kind === 'gone' ? 'closed' : 'no more'}`,
})

/**
 * The server ended a session that stood, before it answered anything. In TLS 1.3 that is how it refuses a client
 * certificate (RFC 8446 4.4.2.4): then the alert says so.
 */
export function lateProblem(error: NodeJS.ErrnoException): Problem {
  if (error.code?.startsWith('ERR_SSL_')) return tlsProblem('upstream', error)
  return {
    code: 'http/no-answer',
    blame: 'server',
    message: `the server ended the connection before it answered (${error.code ?? error.message})`,
  }
}

/** The server spoke another protocol before the client said its hello. */
export const spokeFirst: Problem = {
  code: 'tls/not-tls',
  blame: 'server',
  message: 'the server spoke first, in another protocol, and the client answered with a ClientHello',
}

const kinds: Readonly<Partial<Record<Problem['code'], MirrorGap['kind']>>> = {
  'tls/no-common-suite': 'cipherSuite',
  'tls/no-common-group': 'supportedGroup',
  'tls/no-common-signature-algorithm': 'signatureAlgorithm',
}

/**
 * The server agreed to what the client offers, and Parley has nothing that the client takes: without Parley the two
 * would have agreed. `gaps` is what of the offer the server did not see; absent where it saw another one.
 */
export function orOfParley(problem: Problem, gaps: readonly MirrorGap[] | undefined): Problem {
  const kind = kinds[problem.code]
  if (!kind || !gaps || gaps.some(gap => gap.kind === kind)) return problem
  return {
    ...problem,
    blame: 'parley',
    message: `${problem.message}, though the server agreed to the offer: Parley cannot answer it as the server would`,
    remedy: 'pass this host through (--pass-through)',
  }
}

/** Nothing had come from the server yet: OpenSSL made no ClientHello of what the client offers. */
export const noHello = (problem: Problem): Problem => ({
  ...problem,
  blame: 'parley',
  message: `Parley can make no ClientHello of what the client offers: ${problem.message}`,
  remedy: 'send Parley’s own hello instead with --no-mirror, or pass this host through (--pass-through)',
})
