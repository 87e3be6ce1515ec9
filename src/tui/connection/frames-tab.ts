import { formatCount, formatOffset } from '../../view/format.ts'
import { FlowWindows, sparkline, windowSeries } from '../../view/frames/flow-windows.ts'
import { frameRows } from '../../view/frames/frames.ts'
import { pad } from '../../view/width.ts'
import { blank, fill, type Line, line, over, span } from '../line.ts'
import type { World } from '../state/state.ts'
import { visibleFrames } from './frames.ts'
import { type ConnectionScreen, connectionRows } from './state.ts'

/** The row that does not scroll. What Parley acts on is not the same on the upstream leg. */
export function framesHead({ id, stream }: ConnectionScreen, { source }: World): Line {
  const isActedOn = source.connection(id)?.connection.treatment === 'rewrite'
  return line(
    span('      ms  stream  frame                  size  flags and content', 'dim'),
    span(isActedOn ? '   client leg' : '', 'dim'),
    span(stream === undefined ? '' : `   only stream ${stream} (s: all)`, 'accent'),
  )
}

/** The HTTP/2 frames around the cursor, both ways, in the order in which they passed. */
export function framesBody(screen: ConnectionScreen, world: World): readonly Line[] {
  const frames = visibleFrames(screen, world)
  const connection = world.source.connection(screen.id)?.connection
  if (frames.length === 0) {
    const why = connection?.treatment === 'pass-through' ? 'it is passed through unread' : 'it speaks something else'
    return [blank, line(span(`  No HTTP/2 frames of this connection: ${why}.`, 'dim'))]
  }
  const openedAt = connection?.openedAt ?? 0
  const rows = frameRows(frames) // with the preface, where it is among them
  return rows.slice(Math.max(0, rows.length - connectionRows(screen, world))).map(row => {
    const { at, arrow, title, stream, flags, size, detail, tone } = row
    const drawn = line(
      span(`${pad(formatOffset(at - openedAt), 8, 'left')}  `, 'dim'),
      pad(stream > 0 ? String(stream) : '—', 6, 'left'),
      '  ',
      span(`${arrow} ${pad(title, 14)}`, tone ?? (arrow === '→' ? 'accent' : 'good')),
      pad(size, 10, 'left'),
      '  ',
      [flags, detail].filter(Boolean).join('  '),
    )
    return row.index === screen.frame ? over(fill(drawn, world.columns), 'selected') : drawn
  })
}

const mostReplayed = 20_000 // frames: windows follow from everything before

/** The flow-control windows after the selected frame (RFC 9113 5.2), and how they went. */
export function framesInfo(screen: ConnectionScreen, { source, columns }: World): readonly Line[] {
  const count = source.frameCount(screen.id)
  if (count === 0) return []
  const place = span(` frame ${screen.frame + 1} of ${count}`, 'dim')
  if (screen.frame >= mostReplayed)
    return [line(place, span('   windows are counted over the first 20 000 frames', 'dim'))]
  const entries = source.frames(screen.id, { limit: screen.frame + 1 })
  const stream = entries.at(-1)?.stream ?? 0
  const windows = new FlowWindows()
  let connection = { 'to-server': 0, 'to-client': 0 }
  for (const entry of entries) connection = windows.push(entry).connection
  const of = stream > 0 ? windows.windowOf(stream) : undefined
  const told = (name: string, both: typeof connection): string =>
    `   ${name} → ${formatCount(both['to-server'])}  ← ${formatCount(both['to-client'])}`
  const series = windowSeries(entries, stream, 'to-client')
  const label = ` window ← of ${stream > 0 ? `stream ${stream}` : 'the connection'} so far  `
  return [
    line(place, `   may send${told('connection', connection)}${of ? told(`stream ${stream}`, of) : ''}`),
    series.length > 1
      ? line(span(label, 'dim'), span(sparkline(series, Math.max(8, columns - label.length - 2)), 'accent'))
      : blank,
  ]
}
