import type { Line } from './line.ts'
import type { State, World } from './state/state.ts'

export type Direction = 1 | -1
export type Folding = 'toggle' | 'fold' | 'unfold'

/** What a kind of screen can do. Whoever has a screen asks it, and does not ask for its kind. */
export interface Screen<S> {
  /** The two rows at the top: where we are, and what is to be seen there. */
  readonly title: (screen: S, state: State, world: World) => readonly [Line, Line]
  /** The rows that are seen of what scrolls. */
  readonly body: (screen: S, state: State, world: World) => readonly Line[]
  /** Rows under the title that do not scroll. */
  readonly pinned?: (screen: S, world: World) => readonly Line[]
  /** More of what is selected. */
  readonly info?: (screen: S, state: State, world: World) => readonly Line[]
  /** After a movement of so many lines, rows or cells; infinite for an end. */
  readonly move: (screen: S, by: number, state: State, world: World) => S
  /** At the next place that holds the text, up to the end of what is shown; the list searches among all flows instead. */
  readonly find?: (screen: S, text: string, direction: Direction, start: 'here' | 'edge', world: World) => S | undefined
  /** With nothing folded away; undefined where nothing can be. */
  readonly unfolded?: (screen: S, world: World) => S | undefined
  readonly refold?: (screen: S, wanted: Folding, world: World) => S
  /** What is selected, opened. */
  readonly open?: (screen: S, state: State, world: World) => State
}
