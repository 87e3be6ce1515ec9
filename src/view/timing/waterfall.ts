import { formatDuration } from '../format.ts'
import { pad } from '../width.ts'
import { type Phase, type PhaseName, phaseTitles, type Timing } from './timing.ts'

/** Which times a waterfall's columns stand for; ms since the epoch. */
export interface TimeRange {
  readonly from: number
  readonly to: number
}

/** A piece of a bar; the theme decides what colour a phase has. */
export interface BarSegment {
  readonly text: string
  readonly phase?: PhaseName
}

/** Told apart without colour, too. */
export const phaseGlyphs: Readonly<Record<PhaseName, string>> = {
  blocked: '·',
  dns: '░',
  connect: '▒',
  'tls-upstream': '▓',
  'tls-client': '▚',
  send: '▌',
  wait: '─',
  receive: '█',
}

/** The range that several exchanges need to stand in one waterfall. */
export function rangeOf(timings: readonly Timing[]): TimeRange {
  if (timings.length === 0) return { from: 0, to: 1 }
  return timings.reduce(
    (range, { startedAt, endedAt }) => ({ from: Math.min(range.from, startedAt), to: Math.max(range.to, endedAt) }),
    { from: Number.POSITIVE_INFINITY, to: Number.NEGATIVE_INFINITY },
  )
}

/**
 * An exchange as a bar of exactly `columns` characters. A column shows the phase that fills most of it; an exchange
 * that is too short to see still has one column.
 */
export function waterfallBar({ phases }: Timing, range: TimeRange, columns: number): BarSegment[] {
  const cells: (PhaseName | undefined)[] = Array.from({ length: Math.max(0, columns) })
  const filled: number[] = new Array(cells.length).fill(0)
  const perColumn = Math.max((range.to - range.from) / Math.max(1, columns), Number.MIN_VALUE)
  for (const { name, from, to } of phases) {
    const first = Math.max(0, Math.floor((from - range.from) / perColumn))
    const last = Math.min(cells.length - 1, Math.floor((to - range.from) / perColumn))
    for (let i = first; i <= last; i++) {
      const start = range.from + i * perColumn
      const share = Math.min(to, start + perColumn) - Math.max(from, start)
      if (share <= filled[i]! && (cells[i] !== undefined || share < 0)) continue
      // A bar ends where its last phase begins a column without filling any of it.
      if (share === 0 && i > first) continue
      filled[i] = share
      cells[i] = name
    }
  }
  if (cells.length > 0 && !cells.some(cell => cell !== undefined)) cells[nearest(phases, range, columns)] = 'receive'
  return joined(cells)
}

function nearest(phases: readonly Phase[], range: TimeRange, columns: number): number {
  const at = ((phases[0]?.from ?? range.from) - range.from) / Math.max(range.to - range.from, Number.MIN_VALUE)
  return Math.min(columns - 1, Math.max(0, Math.floor(at * columns)))
}

function joined(cells: readonly (PhaseName | undefined)[]): BarSegment[] {
  const segments: { text: string; phase?: PhaseName }[] = []
  for (const cell of cells) {
    const last = segments.at(-1)
    const glyph = cell ? phaseGlyphs[cell] : ' '
    if (last && last.phase === cell) last.text += glyph
    else segments.push(cell ? { text: glyph, phase: cell } : { text: glyph })
  }
  return segments
}

export interface PhaseLine {
  readonly phase: PhaseName
  /** `TCP connect         11.8 ms ` */
  readonly label: string
  readonly bar: readonly BarSegment[]
}

const titleColumns = 20
const durationColumns = 10

/** The phases of one exchange, one line each, every bar in its place on the exchange's own time. */
export function timingLines(timing: Timing, columns: number): PhaseLine[] {
  const range = { from: timing.startedAt, to: timing.endedAt }
  const room = Math.max(1, columns - titleColumns - durationColumns - 1)
  return timing.phases.map(phase => {
    const label = `${pad(phaseTitles[phase.name], titleColumns)}${pad(formatDuration(phase.to - phase.from), durationColumns, 'left')} `
    return { phase: phase.name, label, bar: waterfallBar({ ...timing, phases: [phase] }, range, room) }
  })
}
