import { type CompareAspects, type ComparisonRow, notRecorded } from './comparison.ts'
import type { LegPair } from './leg-pair.ts'
import { agreedRows } from './rows/agreed-rows.ts'
import { certificateRows } from './rows/certificate-rows.ts'
import { fingerprintRows } from './rows/fingerprint-rows.ts'
import { http2Rows } from './rows/http2-rows.ts'
import { offerRows } from './rows/offer-rows.ts'
import { sessionRows } from './rows/session-rows.ts'
import { timingRows } from './rows/timing-rows.ts'
import { judge, type Verdict } from './verdict/verdict.ts'

export type { ComparisonRow, Mark } from './comparison.ts'
export type { LegPair } from './leg-pair.ts'
export type { Reason, Verdict } from './verdict/verdict.ts'

export interface Comparison {
  readonly rows: readonly ComparisonRow[]
  readonly verdict: Verdict
}

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
export const compareLegs = (pair: LegPair): Comparison => {
  const rows = families.flatMap(family => family(pair))
  return { rows: pair.connection.sniffed ? rows.map(aloneOf) : rows, verdict: judge(pair) }
}

/** Where one link joins client and server there is no other to differ from. */
const aloneOf = ({ why: _, ...row }: ComparisonRow): ComparisonRow => ({ ...row, upstream: notRecorded, mark: '·' })
