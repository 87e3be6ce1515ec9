import type { Blamed, LegName, Party } from '../model/party.ts'
import type { Problem as StoredProblem } from '../model/problem.ts'
import { failureOf, type ProblemCode } from './codes.ts'

/** A problem that Parley itself reports: its code has a row in the catalogue. */
export type Problem = StoredProblem<ProblemCode>

/** Who is to blame, in words. */
export const sayBlame = (blame: Blamed): string => blame.replace('-', ' ')

/** What one problem adds to its row. */
interface Facts {
  readonly detail?: string | undefined
  /** What proves it. */
  readonly evidence?: string | undefined
  /** On which leg, where the row says it of either. */
  readonly leg?: LegName | undefined
  /** Who sent the bytes: to blame where the row names nobody. */
  readonly sender?: Party | undefined
  /** Where it is not the party of the row. */
  readonly blame?: Blamed | undefined
  /** Where that of the row would not help. */
  readonly remedy?: string | undefined
}

/** The problem of a row of the catalogue, `cause (client leg): detail; evidence: …`: the one place where a problem is made. */
export function problemOf(
  code: ProblemCode,
  { detail, evidence, leg, sender = 'parley', ...facts }: Facts = {},
): Problem {
  const row = failureOf(code)!
  const { blame = row.blame ?? sender, remedy = row.remedy } = facts
  const message = [
    row.cause,
    leg ? ` (${leg} leg)` : '',
    detail ? `: ${detail}` : '',
    evidence ? `; evidence: ${evidence}` : '',
  ].join('')
  return { code, blame, message, ...(remedy && { remedy }) }
}
