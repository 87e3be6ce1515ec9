import type { ConnectionId } from '../../model/connection.ts'
import type { LegName } from '../../model/party.ts'
import { bodyRows, type Room, type Size } from '../shell/chrome.ts'
import type { WithCursor } from '../state/scrolled.ts'
import { push, type State } from '../state/state.ts'

/** Its cursor is the index of a line in the whole tree. */
export interface MessageScreen extends WithCursor {
  readonly kind: 'message'
  readonly connection: ConnectionId
  /** What the message stands in: a leg's handshake, or the log of HTTP/2 frames. */
  readonly log: LegName | 'frames'
  readonly index: number
  /** Lines whose folding is not what it was at first. */
  readonly toggled: ReadonlySet<number>
  readonly explained: boolean
}

/** With its cursor on the first line. */
export const enterMessage = (state: State, what: Pick<MessageScreen, 'connection' | 'log' | 'index'>): State =>
  push<MessageScreen>(state, {
    ...{ kind: 'message', cursor: 0, toggled: new Set(), explained: false, top: 0 },
    ...what,
  })

export const messageRoom = ({ explained }: MessageScreen): Room => ({ info: explained ? 6 : 2, pinned: 0 })

/** From here on a field tree stands beside its bytes. */
const leastForHex = 130
export const hexColumns = 78

export interface Panes {
  readonly beside: boolean
  readonly treeRows: number
  readonly treeColumns: number
  readonly hexRows: number
}

/** How a message's tree and its bytes share the screen. */
export function panesOf(screen: MessageScreen, size: Size): Panes {
  const rows = bodyRows(size, messageRoom(screen))
  if (size.columns >= leastForHex)
    return { beside: true, treeRows: rows, treeColumns: size.columns - hexColumns - 3, hexRows: rows }
  const hexRows = Math.max(2, Math.floor(rows * 0.4))
  return { beside: false, treeRows: Math.max(1, rows - hexRows - 1), treeColumns: size.columns, hexRows }
}
