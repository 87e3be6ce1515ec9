import type { Comparison, ComparisonRow } from '../compare/compare.ts'
import type { Problem } from '../model/problem.ts'
import { printable } from './printable.ts'

/** A comparison whose every text may go to a terminal: names, ALPN and certificates in it are the network's. */
export const printableComparison = ({ rows, verdict }: Comparison): Comparison => ({
  rows: rows.map(printableRow),
  verdict: {
    ...verdict,
    sentence: printable(verdict.sentence),
    reasons: verdict.reasons.map(reason => ({ ...reason, sentence: printable(reason.sentence) })),
  },
})

export const printableRow = (row: ComparisonRow): ComparisonRow => ({
  ...row,
  client: printable(row.client),
  upstream: printable(row.upstream),
  ...(row.why !== undefined && { why: printable(row.why) }),
})

export const printableProblem = (problem: Problem): Problem => ({
  ...problem,
  code: printable(problem.code),
  message: printable(problem.message),
  ...(problem.remedy !== undefined && { remedy: printable(problem.remedy) }),
})
