import type { ConnectionId } from '../../model/connection.ts'
import type { LegName } from '../../model/party.ts'
import { bodyRows, leastForTwo, type Room, type Size } from '../shell/chrome.ts'
import type { Scrolled } from '../state/scrolled.ts'
import { push, type State, type World } from '../state/state.ts'

/** As the title has them, in their order. */
export const connectionTabs = {
  handshake: 'handshake',
  compare: 'compare',
  keys: 'keys',
  records: 'records',
  frames: 'frames',
  timeline: 'timeline',
} as const
export type ConnectionTab = keyof typeof connectionTabs

export interface ConnectionScreen extends Scrolled {
  readonly kind: 'connection'
  readonly id: ConnectionId
  readonly tab: ConnectionTab
  readonly leg: LegName
  /** Which cell of that leg, counted from its first: it stays the same while cells come in. */
  readonly cell: number
  readonly revealed: boolean
  /** The selected HTTP/2 frame, and on which row it stands. */
  readonly frame: number
  readonly frameRow: number
  /** Only frames of this stream. */
  readonly stream?: number
}

/** On its handshakes unless told. */
export const enterConnection = (state: State, id: ConnectionId, at: Partial<ConnectionScreen> = {}): State =>
  push<ConnectionScreen>(state, {
    ...{ kind: 'connection', id, tab: 'handshake', leg: 'client', cell: 0, revealed: false, top: 0 },
    ...{ frame: 0, frameRow: 0 },
    ...at,
  })

export function connectionRoom({ tab }: ConnectionScreen, { columns }: Size): Room {
  const pinned = tab === 'frames' || (tab === 'handshake' && columns >= leastForTwo) ? 1 : 0
  return { info: tab === 'handshake' || tab === 'frames' ? 2 : 1, pinned }
}

/** Rows left for what scrolls. */
export const connectionRows = (screen: ConnectionScreen, world: World): number =>
  bodyRows(world, connectionRoom(screen, world))
