import type { AnyScreen, World } from '../state/state.ts'

/** From here on both legs stand beside each other. */
export const leastForTwo = 100
/** From here on a field tree stands beside its bytes. */
const leastForHex = 130
export const hexColumns = 78

type Size = Pick<World, 'columns' | 'rows'>

/** Rows of the frame: one fewer than the terminal has, or the terminal scrolls. */
export const frameRows = ({ rows }: Size): number => Math.max(6, rows - 1)

/** Rows above the key hints that tell more of what is selected. They are kept free, so that nothing jumps. */
export function infoRows(screen: AnyScreen): number {
  if (screen.kind === 'message') return screen.explained ? 6 : 2
  return screen.kind === 'connection' && (screen.tab === 'handshake' || screen.tab === 'frames') ? 2 : 1
}

/** Rows under the title that do not scroll. */
export const pinnedRows = (screen: AnyScreen, { columns }: Size): number =>
  screen.kind === 'connection' && (screen.tab === 'frames' || (screen.tab === 'handshake' && columns >= leastForTwo))
    ? 1
    : 0

/** Rows left for what scrolls: all but the header, the title, what is pinned, the info and the key hints. */
export const bodyRows = (screen: AnyScreen, size: Size): number =>
  Math.max(1, frameRows(size) - 3 - infoRows(screen) - pinnedRows(screen, size))

export interface Panes {
  readonly beside: boolean
  readonly treeRows: number
  readonly treeColumns: number
  readonly hexRows: number
}

/** How a message's tree and its bytes share the screen. */
export function panesOf(screen: AnyScreen, size: Size): Panes {
  const rows = bodyRows(screen, size)
  if (size.columns >= leastForHex)
    return { beside: true, treeRows: rows, treeColumns: size.columns - hexColumns - 3, hexRows: rows }
  const hexRows = Math.max(2, Math.floor(rows * 0.4))
  return { beside: false, treeRows: Math.max(1, rows - hexRows - 1), treeColumns: size.columns, hexRows }
}
