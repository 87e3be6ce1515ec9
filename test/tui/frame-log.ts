import type { FrameEntry } from '../../src/model/frame-entry.ts'
import type { ConnectionScreen } from '../../src/tui/connection/state.ts'
import { enterConnection } from '../../src/tui/connection/state.ts'
import type { FlowSource } from '../../src/tui/ports.ts'
import { initialState, screenOf, type World } from '../../src/tui/state/state.ts'
import { rowSource } from './world.ts'

export const frame = (index: number, more: Partial<FrameEntry> = {}): FrameEntry => ({
  index,
  direction: index % 2 === 0 ? 'to-server' : 'to-client',
  at: 1002 + index,
  type: 0,
  typeName: 'DATA',
  flags: 0,
  flagNames: [],
  stream: 1,
  length: 100,
  ...more,
})

/** A world whose connection 3 has these frames; `asked` is the largest number of them that was asked for at once. */
export function frameWorld(entries: readonly FrameEntry[], columns = 80, rows = 24) {
  const asked = { most: 0 }
  const source: FlowSource = {
    ...rowSource([]),
    frames: (_id, { from = 0, limit, stream }) => {
      asked.most = Math.max(asked.most, limit)
      return entries.filter(e => e.index >= from && (stream === undefined || e.stream === stream)).slice(0, limit)
    },
    frameCount: () => entries.length,
  }
  const world: World = {
    source,
    columns,
    rows,
    status: { recording: false, capturePath: 'x', command: 'parley' },
    hints: [],
  }
  return { world, asked }
}

export const framesScreen = (more: Partial<ConnectionScreen> = {}): ConnectionScreen =>
  screenOf(enterConnection(initialState, 3, { tab: 'frames', ...more })) as ConnectionScreen
