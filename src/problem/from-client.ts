import type { MirrorGap } from '../model/connection.ts'
import type { ProblemCode } from './codes.ts'
import { type Problem, problemOf } from './problem.ts'

/** The client went, or kept silent, within its hello. */
export const helloCutOff = (how: 'gone' | 'silent', bytes: number): Problem =>
  problemOf(how === 'gone' ? 'tls/client-closed-in-hello' : 'tls/hello-timeout', {
    detail: `${bytes} bytes of it came`,
  })

const kinds: Readonly<Partial<Record<ProblemCode, MirrorGap['kind']>>> = {
  'tls/no-common-suite': 'cipherSuite',
  'tls/no-common-group': 'supportedGroup',
  'tls/no-common-signature-algorithm': 'signatureAlgorithm',
}

/**
 * The server agreed to what the client offers, and Parley has nothing that the client takes: without Parley the two
 * would have agreed. `gaps` is what of the offer the server did not see: none where what it chose is in the offer, absent where it saw
 * another one.
 */
export function orOfParley(problem: Problem, gaps: readonly MirrorGap[] | undefined): Problem {
  const kind = kinds[problem.code]
  if (!kind || !gaps || gaps.some(gap => gap.kind === kind)) return problem
  return problemOf(problem.code, {
    blame: 'parley',
    leg: 'client',
    detail: 'the server agreed to the client’s offer, but Parley cannot answer it as the server would',
    remedy: 'Pass this host through (--pass-through).',
  })
}
