import type { FrameEntry } from '../../model/frame-entry.ts'
import { formatOffset } from '../format.ts'
import { type FrameRow, frameRows } from '../frames/frames.ts'
import { paint, type Style } from '../style.ts'
import { pad, wrap } from '../width.ts'

export interface FrameLog {
  /** The first ones of the connection. */
  readonly entries: Iterable<FrameEntry>
  /** How many there are. */
  readonly count: number
}

const indent = 50 // where flags and content stand
const leastDetail = 24
const partFrames = 1000

/** HTTP/2 frames of the client leg, one a line; times in ms since the connection opened. */
export function* frameLines(
  { entries, count }: FrameLog,
  openedAt: number,
  columns: number,
  style: Style,
): Generator<string> {
  if (count === 0) return
  yield paint(`${pad('', 8)}stream   frame                  size  flags and content`, 'dim', style)
  let more = count
  for (const some of inParts(entries)) {
    more -= some.length
    for (const row of frameRows(some)) yield* rowLines(row, openedAt, columns, style)
  }
  if (more > 0) yield paint(`… ${more} more frames`, 'dim', style)
}

function* inParts(entries: Iterable<FrameEntry>): Generator<readonly FrameEntry[]> {
  let part: FrameEntry[] = []
  for (const entry of entries) {
    if (part.push(entry) < partFrames) continue
    yield part
    part = []
  }
  yield part
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
