import type { Party } from '../model/party.ts'
import type { Problem as StoredProblem } from '../model/problem.ts'
import { failureOf, type ProblemCode } from './codes.ts'

/** A problem that Parley itself reports: its code has a row in the catalogue. */
export type Problem = StoredProblem<ProblemCode>

interface Particulars {
  /** What this one problem adds to the cause. */
  readonly detail?: string | undefined
  /** Where it is not the party of the row. */
  readonly blame?: Party | undefined
}

/** The problem of a row of the catalogue: `cause: detail`. */
export function problemOf(code: ProblemCode, { detail, blame }: Particulars = {}): Problem {
  const { cause, blame: usual = 'parley', remedy } = failureOf(code)!
  const message = detail ? `${cause}: ${detail}` : cause
  return { code, blame: blame ?? usual, message, ...(remedy && { remedy }) }
}
