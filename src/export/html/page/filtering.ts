import { parseFilter } from '../../../filter/parser.ts'
import type { ReportData } from './blocks.ts'
import { type PageMatcher, pageMatcher } from './match.ts'

/** The indices of the rows that fit. */
export type Found = readonly number[]

/** What a filter says, or why it says nothing. */
export type Read = { readonly matcher: PageMatcher } | { readonly problem: string }

export function readFilter(text: string): Read {
  try {
    return { matcher: pageMatcher(parseFilter(text)) }
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) }
  }
}

/**
 * The rows that fit, more and more of them: at once where the rows themselves tell, block by block where what is behind them
 * has to be read.
 * @param isWanted whether anybody still waits for more
 */
export async function* rowsThatFit(
  { matcher, data }: { readonly matcher: PageMatcher; readonly data: ReportData },
  isWanted: () => boolean,
): AsyncGenerator<Found> {
  const { rows } = data
  if (!matcher.deep) {
    yield rows.flatMap((row, index) => (matcher.matches(row, {}) ? [index] : []))
    return
  }
  const found: number[] = []
  for await (const [first, flows] of data.flows()) {
    if (!isWanted()) return
    for (const [i, flow] of flows.entries()) if (matcher.matches(rows[first + i]!, flow)) found.push(first + i)
    yield [...found]
  }
}
