import { formatCount, formatDuration } from '../../../view/format.ts'
import type { ReportRow } from '../shape.ts'
import { type El, el } from './dom.ts'

/** How much there is, and how much of it went wrong. */
export function summary(rows: readonly ReportRow[], connections: number): El {
  const failed = rows.filter(({ state }) => state === 'aborted').length
  const errors = rows.filter(({ status = 0 }) => status >= 400).length
  const differing = new Set(rows.filter(({ differs }) => differs).map(({ connection }) => connection)).size
  const figures = [
    ['flows', formatCount(rows.length), ''],
    ['connections', formatCount(connections), ''],
    ['hosts', formatCount(new Set(rows.map(({ host }) => host)).size), ''],
    ['time', lengthOf(rows), ''],
    ['failed', formatCount(failed), failed > 0 ? 'bad' : ''],
    ['4xx and 5xx', formatCount(errors), errors > 0 ? 'warn' : ''],
    ['connections whose legs differ', formatCount(differing), differing > 0 ? 'warn' : ''],
  ] as const
  return el(
    'dl',
    { class: 'summary' },
    ...figures.map(([title, value, mood]) => el('div', { class: mood }, el('dt', {}, title), el('dd', {}, value))),
  )
}

function lengthOf(rows: readonly ReportRow[]): string {
  let [from, to] = [Number.POSITIVE_INFINITY, 0]
  for (const { startedAt, duration = 0 } of rows) {
    from = Math.min(from, startedAt)
    to = Math.max(to, startedAt + duration)
  }
  return to > 0 ? formatDuration(Math.max(0, to - from)) : '—'
}
