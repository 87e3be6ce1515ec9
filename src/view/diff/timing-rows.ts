import type { ComparisonRow } from '../../compare/comparison.ts'
import type { Exchange } from '../../model/exchange.ts'
import { formatDuration } from '../format.ts'
import { flowRow } from './flow-row.ts'

/** Sending, waiting, receiving and all of it. Different by nature; twice as long or more is marked as mattering. */
export function timingRows(left: Exchange, right: Exchange): readonly ComparisonRow[] {
  return [
    ...timeRow('send', 'Request sent in', left, right, ({ request }) => span(request.headAt, request.endedAt)),
    ...timeRow('wait', 'Waited', left, right, ({ request, response }) =>
      span(request.endedAt ?? request.headAt, response?.headAt),
    ),
    ...timeRow('receive', 'Response received in', left, right, ({ response }) =>
      span(response?.headAt, response?.endedAt),
    ),
    ...timeRow('total', 'Total', left, right, ({ request, response }) => span(request.headAt, response?.endedAt)),
  ]
}

const least = 20 // ms; shorter differences say nothing

function timeRow(
  key: string,
  label: string,
  left: Exchange,
  right: Exchange,
  timeOf: (exchange: Exchange) => number | undefined,
): readonly ComparisonRow[] {
  const [ours, theirs] = [timeOf(left), timeOf(right)]
  const [row] = flowRow(`timing-${key}`, label, shown(ours), shown(theirs))
  if (!row) return []
  if (ours === undefined || theirs === undefined || Math.abs(ours - theirs) < least) return [row]
  const [short, long] = [Math.min(ours, theirs), Math.max(ours, theirs)]
  if (long < short * 2) return [row]
  const times = short > 0 ? ` ${(long / short).toFixed(1)} times` : ''
  return [
    {
      ...row,
      mark: '!',
      why: `The ${ours > theirs ? 'left' : 'right'} flow took${times} longer.`.replace('times longer', 'times as long'),
    },
  ]
}

/** Clocks never run backwards here; answers that begin before the request ends do. */
const span = (from: number | undefined, to: number | undefined): number | undefined =>
  from === undefined || to === undefined ? undefined : Math.max(0, to - from)

const shown = (ms: number | undefined): string | undefined => (ms === undefined ? undefined : formatDuration(ms))
