import type { FrameEntry } from '../../model/frame-entry.ts'
import type { Direction } from '../../model/party.ts'
import { u16, u31, u32 } from '../../wire/bytes.ts'
import { flag, frameType } from '../../wire/http2/names.ts'

/** How many bytes of DATA may still be sent towards either side (RFC 9113 5.2); negative where a setting shrank. */
export type Windows = Readonly<Record<Direction, number>>

const initialWindow = 65_535
const initialWindowSize = 4 // SETTINGS_INITIAL_WINDOW_SIZE

/** Counts both flow-control windows of every stream. A setting counts from the frame that tells it, not from its ACK. */
export class FlowWindows {
  readonly #connection: Record<Direction, number> = { 'to-server': initialWindow, 'to-client': initialWindow }
  readonly #initial: Record<Direction, number> = { 'to-server': initialWindow, 'to-client': initialWindow }
  /** How far each stream is from the initial window, so that a new setting moves them all. */
  readonly #moved = new Map<number, Record<Direction, number>>()

  /** Takes the frames of one connection, in the order of its log; answers with its windows after each. */
  push(entry: FrameEntry): { readonly connection: Windows } {
    const { type, stream, length, direction, payload } = entry
    if (type === frameType.data) this.#move(stream, direction, -length)
    else if (type === frameType.windowUpdate && payload && payload.length >= 4)
      this.#move(stream, otherWay(direction), u31(payload, 0), stream === 0)
    else if (type === frameType.settings && payload && (entry.flags & flag.ack) === 0)
      this.#settings(direction, payload)
    return { connection: { ...this.#connection } }
  }

  windowOf(stream: number): Windows {
    const moved = this.#moved.get(stream)
    return {
      'to-server': this.#initial['to-server'] + (moved?.['to-server'] ?? 0),
      'to-client': this.#initial['to-client'] + (moved?.['to-client'] ?? 0),
    }
  }

  #move(stream: number, direction: Direction, by: number, connectionAlone = false): void {
    if (connectionAlone || by < 0) this.#connection[direction] += by
    if (connectionAlone || stream === 0) return
    let moved = this.#moved.get(stream)
    if (!moved) {
      moved = { 'to-server': 0, 'to-client': 0 }
      this.#moved.set(stream, moved)
    }
    moved[direction] += by
  }

  #settings(direction: Direction, payload: Uint8Array): void {
    for (let i = 0; i + 6 <= payload.length; i += 6)
      if (u16(payload, i) === initialWindowSize) this.#initial[otherWay(direction)] = u32(payload, i + 2)
  }
}

/** Who receives says how much: what one direction tells is about DATA of the other. */
const otherWay = (direction: Direction): Direction => (direction === 'to-server' ? 'to-client' : 'to-server')

export interface WindowPoint {
  readonly at: number
  readonly window: number
}

/** One direction's window over time, from a whole log: of a stream, or of the connection for stream 0. A point a change. */
export function windowSeries(entries: readonly FrameEntry[], stream: number, direction: Direction): WindowPoint[] {
  const windows = new FlowWindows()
  const points: WindowPoint[] = []
  for (const entry of entries) {
    const { connection } = windows.push(entry)
    const window = stream === 0 ? connection[direction] : windows.windowOf(stream)[direction]
    if (points.at(-1)?.window !== window) points.push({ at: entry.at, window })
  }
  return points
}

const heights = '▁▂▃▄▅▆▇█'

/** A series as one line of `columns` characters: equal times, the lowest window in each; the height is of the largest. */
export function sparkline(points: readonly WindowPoint[], columns: number): string {
  const first = points[0]
  const last = points.at(-1)
  if (!first || !last || columns <= 0) return ''
  const span = Math.max(last.at - first.at, Number.EPSILON)
  const lows = Array.from({ length: columns }, (): number | undefined => undefined)
  let most = 1
  for (const { at, window } of points) {
    const column = Math.min(columns - 1, Math.floor(((at - first.at) / span) * columns))
    lows[column] = Math.min(lows[column] ?? window, window)
    most = Math.max(most, window)
  }
  let window = first.window
  return lows
    .map(low => {
      window = low ?? window
      return heights[Math.min(7, Math.max(0, Math.floor((window / most) * 8)))]
    })
    .join('')
}
