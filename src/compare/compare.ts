import { agreedRows } from './agreed-rows.ts'
import { certificateRows } from './certificate-rows.ts'
import type { CompareAspects, Comparison } from './comparison.ts'
import { fingerprintRows } from './fingerprint-rows.ts'
import { http2Rows } from './http2-rows.ts'
import type { LegPair } from './leg-pair.ts'
import { offerRows } from './offer-rows.ts'
import { sessionRows } from './session-rows.ts'
import { timingRows } from './timing-rows.ts'
import { judge } from './verdict.ts'

export type { Comparison, ComparisonRow, Mark } from './comparison.ts'
export type { LegPair } from './leg-pair.ts'
export type { Reason, Verdict } from './verdict.ts'

/** In the order in which they are shown. */
const families: readonly CompareAspects[] = [
  agreedRows,
  certificateRows,
  sessionRows,
  offerRows,
  fingerprintRows,
  http2Rows,
  timingRows,
]

/** The two legs of a connection, aspect by aspect, and whether client and server would have agreed without the proxy. */
export const compareLegs = (pair: LegPair): Comparison => ({
  rows: families.flatMap(family => family(pair)),
  verdict: judge(pair),
})
