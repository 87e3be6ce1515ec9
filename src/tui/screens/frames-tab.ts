import { formatOffset } from '../../view/format.ts'
import { frameRows } from '../../view/frames.ts'
import { pad } from '../../view/width.ts'
import { blank, type Line, line, span } from '../line.ts'
import type { ConnectionView, FlowSource } from '../ports.ts'

const mostFrames = 2000

/** The HTTP/2 frames of a connection, both ways, in the order in which they passed. */
export function framesLines(source: FlowSource, { connection }: ConnectionView): readonly Line[] {
  const entries = source.frames(connection.id, mostFrames)
  if (entries.length === 0)
    return [blank, line(span('  No HTTP/2 frames: this connection speaks something else.', 'dim'))]
  const more = source.frameCount(connection.id) - entries.length
  return [
    line(span('      ms  stream  frame                  size  flags and content', 'dim')),
    ...frameRows(entries).map(({ at, arrow, title, stream, flags, size, detail, tone }) =>
      line(
        span(`${pad(formatOffset(at - connection.openedAt), 8, 'left')}  `, 'dim'),
        pad(stream > 0 ? String(stream) : '—', 6, 'left'),
        '  ',
        span(`${arrow} ${pad(title, 14)}`, tone ?? (arrow === '→' ? 'accent' : 'good')),
        pad(size, 10, 'left'),
        '  ',
        [flags, detail].filter(Boolean).join('  '),
      ),
    ),
    ...(more > 0 ? [line(span(`  … ${more} more frames`, 'dim'))] : []),
  ]
}
