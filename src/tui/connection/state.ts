import type { ConnectionId } from '../../model/connection.ts'
import type { LegName } from '../../model/party.ts'
import type { Line } from '../line.ts'
import { bodyRows, leastForFacts, leastForTwo, pageRows, type Room } from '../shell/chrome.ts'
import type { Scrolled } from '../state/scrolled.ts'
import { push, type State, type World } from '../state/state.ts'
import { summaryLines } from './summary.ts'

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
  /** Below the comparison, what both hellos offer in full. */
  readonly listed?: boolean
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

const mostSummary = 8
const briefInfo = 5 // rows: where the facts of a message do not stand below it

export function connectionRoom(screen: ConnectionScreen, world: World): Room {
  const { tab } = screen
  if (tab !== 'handshake') return tab === 'frames' ? { info: 2, pinned: 1 } : { info: 1, pinned: 0 }
  const titles = world.columns >= leastForTwo ? 1 : 0
  return { info: infoRows(world), pinned: summaryOf(screen, world).length + titles }
}

const infoRows = ({ columns }: World): number => (columns >= leastForTwo && columns < leastForFacts ? briefInfo : 2)

/** What stands above the handshakes: it takes a third of the page at most. */
export function summaryOf({ id }: ConnectionScreen, world: World): readonly Line[] {
  const view = world.source.connection(id)
  const most = Math.min(mostSummary, Math.floor((pageRows(world) - 3 - infoRows(world)) / 3))
  return view ? summaryLines(view, world.columns, most) : []
}

/** Rows left for what scrolls. */
export const connectionRows = (screen: ConnectionScreen, world: World): number =>
  bodyRows(world, connectionRoom(screen, world))
