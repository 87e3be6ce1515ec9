import type { Exchange } from '../../model/exchange.ts'
import { formatDuration } from '../../view/format.ts'
import { flowTiming, type PhaseName, phaseTitles, type Timing } from '../../view/timing/timing.ts'
import {
  type BarSegment,
  phaseGlyphs,
  rangeOf,
  type TimeRange,
  timingLines,
  waterfallBar,
} from '../../view/timing/waterfall.ts'
import { blank, type Line, line, type Span, span, type Tone } from '../line.ts'
import type { FlowSource } from '../ports.ts'

const tones: Readonly<Record<PhaseName, Tone>> = {
  blocked: 'dim',
  dns: 'accent',
  connect: 'warn',
  'tls-upstream': 'key',
  'tls-client': 'key',
  send: 'accent',
  wait: 'dim',
  receive: 'good',
}

const lookedBack = 200 // flows: further back, an earlier exchange of the connection was long ago

/** Where an exchange's time went; the opening of its connection is charged to the connection's first exchange. */
export function timingOf(source: FlowSource, exchange: Exchange): Timing {
  const { id, connection } = exchange
  const before = source.rows({ before: id, limit: lookedBack, order: 'newest' })
  const first = !before.some(row => row.kind === 'exchange' && row.connection === connection)
  return flowTiming(exchange, source.record(connection), { first })
}

/** The tab of one flow: every phase with its length and its place. */
export function timingTab(source: FlowSource, exchange: Exchange, columns: number): readonly Line[] {
  const timing = timingOf(source, exchange)
  const running = !exchange.aborted && exchange.response?.endedAt === undefined
  return [
    line(span(` ${formatDuration(timing.total)}${running ? ', still running' : ''}`, 'bold')),
    blank,
    ...timingLines(timing, columns - 2).map(({ label, bar, phase }) =>
      line(span(` ${label}`, tones[phase]), ...bar.map(asSpan)),
    ),
    ...(timing.connect === undefined && exchange.connection > 0
      ? [blank, line(span(` Its connection c${exchange.connection} was open already.`, 'dim'))]
      : []),
  ]
}

/** What the bars of several flows have in common: their scale. */
export const scaleOf = (timings: readonly Timing[]): TimeRange => rangeOf(timings)

/** A flow's bar of exactly `columns`. */
export const barSpans = (timing: Timing, range: TimeRange, columns: number): readonly Span[] =>
  waterfallBar(timing, range, columns).map(asSpan)

const shortTitles = { ...phaseTitles, connect: 'TCP', 'tls-upstream': 'TLS server', 'tls-client': 'TLS client' }

/** `░ DNS  ▒ TCP …`, all of them within 80 columns. */
export const legend: Line = (Object.keys(phaseGlyphs) as PhaseName[]).flatMap(phase => [
  span(` ${phaseGlyphs[phase]}`, tones[phase]),
  span(` ${shortTitles[phase]} `, 'dim'),
])

const asSpan = ({ text, phase }: BarSegment): Span => span(text, phase && tones[phase])
