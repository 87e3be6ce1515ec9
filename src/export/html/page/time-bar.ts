import { formatDuration } from '../../../view/format.ts'
import { phaseTitles } from '../../../view/timing/timing.ts'
import type { ReportRow, Span } from '../shape.ts'
import { type El, el, svg } from './dom.ts'

/** Which times a bar's width stands for; ms since the epoch. */
export interface Scale {
  readonly from: number
  readonly to: number
}

const width = 1000
const leastWide = 4
const mostBefore = 2 // times as long as the rest

/**
 * From the first moment of all rows to the last. What long before its request opened a connection is cut off, because it
 * would leave no room for what follows.
 */
export function scaleOf(rows: readonly ReportRow[]): Scale {
  let [opened, from, to] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const { startedAt, spans, duration = 0 } of rows) {
    opened = Math.min(opened, startedAt + (spans[0]?.[1] ?? 0))
    from = Math.min(from, startedAt)
    to = Math.max(to, startedAt + duration, ...spans.map(([, at, length]) => startedAt + at + length))
  }
  return from <= to
    ? { from: Math.max(Math.min(opened, from), from - mostBefore * (to - from)), to }
    : { from: 0, to: 1 }
}

/** A row's phases in their place on the scale; a connection alone is one thin bar. */
export function timeBar(row: ReportRow, { from, to }: Scale): El {
  const perMs = width / Math.max(to - from, 0.01)
  const spans: readonly Span[] = row.spans.length > 0 ? row.spans : [['blocked', 0, row.duration ?? 0]]
  const bars = spans.map(([name, at, length]) => {
    const x = (row.startedAt + at - from) * perMs
    return svg('rect', { class: `p-${name}`, x: x.toFixed(1), y: 0, height: 10, width: (length * perMs).toFixed(1) })
  })
  const start = (row.startedAt + (spans[0]?.[1] ?? 0) - from) * perMs
  const least = svg('rect', {
    class: 'p-least',
    x: Math.max(0, Math.min(start, width - leastWide)),
    y: 0,
    height: 10,
    width: leastWide,
  })
  const box = { class: 'bar', viewBox: `0 0 ${width} 10`, preserveAspectRatio: 'none', 'aria-hidden': 'true' }
  return svg('svg', box, least, ...bars)
}

/** Each phase of a row in a line of its own. */
export function phaseLines(row: ReportRow): El {
  const scale = { from: row.startedAt + (row.spans[0]?.[1] ?? 0), to: scaleOf([row]).to }
  const lines = row.spans.map(span =>
    el(
      'tr',
      {},
      el('th', { scope: 'row' }, phaseTitles[span[0]]),
      el('td', { class: 'num' }, formatDuration(span[2])),
      el('td', { class: 'wide' }, timeBar({ ...row, spans: [span] }, scale)),
    ),
  )
  return el('table', { class: 'phases' }, el('tbody', {}, ...lines))
}
