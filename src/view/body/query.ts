import { type BodyLine, note } from './outline.ts'
import { tableLines } from './table-lines.ts'

/** The query of a request target or URL as a table, decoded; undefined where it has none. */
export function queryLines(target: string, maxLines = 1000): readonly BodyLine[] | undefined {
  const query = queryOf(target)
  if (query === undefined || query === '') return undefined
  const pairs = [...new URLSearchParams(query)]
  return pairs.length === 0 ? [note('an empty query')] : tableLines(pairs, maxLines)
}

/** What stands between `?` and `#`, as sent. */
export function queryOf(target: string): string | undefined {
  const mark = target.indexOf('?')
  return mark < 0 ? undefined : target.slice(mark + 1).split('#', 1)[0]
}
