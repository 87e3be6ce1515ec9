import type { FrameEntry } from '../../model/frame-entry.ts'
import { frameRow, frameText } from '../../view/frames/frames.ts'
import type { FlowSource } from '../ports.ts'
import type { World } from '../state/state.ts'
import { type ConnectionScreen, connectionRows } from './state.ts'

const window = 4096 // frames that are looked through at a time
const mostSearched = 200_000

type Log = Pick<ConnectionScreen, 'id' | 'stream'>

const ask = (source: FlowSource, { id, stream }: Log, from: number, limit: number): readonly FrameEntry[] =>
  limit <= 0 ? [] : source.frames(id, { from, limit, ...(stream !== undefined && { stream }) })

/** Up to `limit` frames before the one with this index, oldest first. */
function before(source: FlowSource, log: Log, index: number, limit: number): readonly FrameEntry[] {
  if (log.stream === undefined) {
    const from = Math.max(0, index - limit)
    return ask(source, log, from, index - from)
  }
  let found: readonly FrameEntry[] = []
  for (let end = index; end > 0 && found.length < limit; end -= window) {
    const from = Math.max(0, end - window)
    found = [...ask(source, log, from, window).filter(frame => frame.index < end), ...found]
  }
  return found.slice(Math.max(0, found.length - limit))
}

/** The frames on screen; the selected one stays on its row as long as there is enough above it. */
export function visibleFrames(screen: ConnectionScreen, world: World): readonly FrameEntry[] {
  const rows = connectionRows(screen, world)
  const row = Math.min(screen.frameRow, rows - 1) // the screen may have become smaller
  const above = before(world.source, screen, screen.frame, row)
  return [...above, ...ask(world.source, screen, screen.frame, rows - above.length)]
}

/** The cursor moved by so many frames, held at both ends; infinite for an end. */
export function moveFrame(screen: ConnectionScreen, by: number, world: World): ConnectionScreen {
  const { source } = world
  const last = connectionRows(screen, world) - 1
  if (by === Number.NEGATIVE_INFINITY)
    return { ...screen, frame: ask(source, screen, 0, 1)[0]?.index ?? 0, frameRow: 0 }
  if (by === Number.POSITIVE_INFINITY) {
    const end = before(source, screen, source.frameCount(screen.id), last + 1)
    return { ...screen, frame: end.at(-1)?.index ?? 0, frameRow: Math.max(0, end.length - 1) }
  }
  const passed =
    by > 0 ? ask(source, screen, screen.frame + 1, by) : before(source, screen, screen.frame, -by).toReversed()
  const next = passed.at(-1)
  if (!next) return screen
  const row = Math.max(0, Math.min(last, screen.frameRow + Math.sign(by) * passed.length))
  return { ...screen, frame: next.index, frameRow: row }
}

/** Only the frames of the selected one's stream, or all of them again. */
export function turnStream(screen: ConnectionScreen, { source }: World): ConnectionScreen {
  const { stream, ...all } = screen
  const at = source.frames(screen.id, { from: screen.frame, limit: 1 })[0]
  if (stream !== undefined || !at) return { ...all, frameRow: 0 }
  return { ...screen, stream: at.stream, frameRow: 0 }
}

/** The next frame whose line holds the text; from the log's end that the search comes from, where not from here. */
export function searchFrames(
  screen: ConnectionScreen,
  text: string,
  direction: 1 | -1,
  start: 'here' | 'edge',
  { source }: World,
): ConnectionScreen | undefined {
  const wanted = text.toLowerCase()
  const holds = (frame: FrameEntry): boolean => frameText(frameRow(frame)).toLowerCase().includes(wanted)
  const count = source.frameCount(screen.id)
  let at = direction > 0 ? (start === 'here' ? screen.frame + 1 : 0) : start === 'here' ? screen.frame : count
  for (let searched = 0; searched < mostSearched; searched += window) {
    const frames = direction > 0 ? ask(source, screen, at, window) : before(source, screen, at, window).toReversed()
    const hit = frames.find(holds)
    if (hit) return { ...screen, frame: hit.index, frameRow: 0 }
    const end = frames.at(-1)?.index
    if (end === undefined) return undefined
    at = direction > 0 ? end + 1 : end
  }
  return undefined
}
