import type { FrameEntry } from '../../model/frame-entry.ts'
import { formatOffset } from '../format.ts'
import { type FrameRow, frameRows } from '../frames/frames.ts'
import { paint, type Style } from '../style.ts'
import { pad, wrap } from '../width.ts'

export interface FrameLog {
  /** The first ones of the connection. */
  readonly entries: readonly FrameEntry[]
  /** How many there are. */
  readonly count: number
}

const indent = 50 // where flags and content stand
const leastDetail = 24

/** HTTP/2 frames, one a line, as they passed on both legs; times in ms since the connection opened. */
export function frameLines({ entries, count }: FrameLog, openedAt: number, columns: number, style: Style): string[] {
  if (count === 0) return []
  const head = `${pad('', 8)}stream   frame                  size  flags and content`
  const more = count - entries.length
  return [
    paint(head, 'dim', style),
    ...frameRows(entries).flatMap(row => rowLines(row, openedAt, columns, style)),
    ...(more > 0 ? [paint(`… ${more} more frames`, 'dim', style)] : []),
  ]
}

function rowLines(row: FrameRow, openedAt: number, columns: number, style: Style): string[] {
  const { at, arrow, title, stream, flags, size, detail, tone } = row
  const where = `${pad(formatOffset(at - openedAt), 8)}${pad(stream > 0 ? String(stream) : '—', 6, 'left')} ${arrow} `
  const start = pad(`${where}${pad(title, 16)}${pad(size, 10, 'left')}`, indent - 2)
  const [first = '', ...rest] = wrap(
    [flags, detail].filter(Boolean).join('  '),
    Math.max(leastDetail, columns - indent),
  )
  const lines = [`${start}  ${first}`.trimEnd(), ...rest.map(line => ' '.repeat(indent) + line)]
  return lines.map(line => paint(line, tone, style))
}
