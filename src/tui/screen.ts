import type { ConnectionId } from '../model/connection.ts'
import type { OwnCommands } from './command.ts'
import type { Line } from './line.ts'
import type { FlowRow } from './ports.ts'
import type { Room } from './shell/chrome.ts'
import type { Tabs } from './shell/title.ts'
import type { State, World } from './state/state.ts'

export type Direction = 1 | -1
export type Folding = 'toggle' | 'fold' | 'unfold'

/** Where a search begins: at the place of the screen, or at the end that the search comes from. */
export type Start = 'here' | 'edge'

/** What a kind of screen can do. Whoever has a screen asks it, and does not ask for its kind. */
export interface Screen<S> {
  /** For the help. */
  readonly name: string
  /** What its signs mean, below the keys in the help. */
  readonly legend?: readonly Line[]
  /** What can be done on it and nowhere else. */
  readonly commands?: OwnCommands
  /** The two rows at the top: where we are, and what is to be seen there. */
  readonly title: (screen: S, state: State, world: World) => readonly [Line, Line]
  /** The rows that are seen of what scrolls. */
  readonly body: (screen: S, state: State, world: World) => readonly Line[]
  /** Rows under the title that do not scroll. */
  readonly pinned?: (screen: S, world: World) => readonly Line[]
  /** More of what is selected. */
  readonly info?: (screen: S, state: State, world: World) => readonly Line[]
  /** How many rows these two take; the usual ones where absent. */
  readonly room?: (screen: S, world: World) => Room
  readonly tabs?: Tabs<S>
  /** After a movement of so many lines, rows or cells; infinite for an end. */
  readonly move: (screen: S, by: number, state: State, world: World) => S
  /** At the next place that holds the text, up to the end of what is shown. */
  readonly find?: (screen: S, text: string, direction: Direction, start: Start, world: World) => S | undefined
  /** In place of `find` and of all other places where a search looks. */
  readonly search?: (
    screen: S,
    text: string,
    direction: Direction,
    state: State,
    world: World,
  ) => { readonly screen: S; readonly notice?: string } | undefined
  /** Where what is long is shown in parts. */
  readonly parts?: {
    readonly shown: (screen: S) => number
    readonly count: (screen: S, world: World) => number
    /** At that part, where it holds the text. */
    readonly holding: (screen: S, part: number, text: string, world: World) => S | undefined
  }
  /** With nothing folded away; undefined where nothing can be. */
  readonly unfolded?: (screen: S, world: World) => S | undefined
  readonly refold?: (screen: S, wanted: Folding, world: World) => S
  /** Why a command of this screen would not take the argument. */
  readonly judge?: (screen: S, command: string, argument: string, state: State, world: World) => string | undefined
  /** What is selected, entered. */
  readonly enter?: (screen: S, state: State, world: World) => State
  /** The flow that it is about, as the list has it. */
  readonly row?: (screen: S, state: State, world: World) => FlowRow | undefined
  /** The connection that it is about, or that its flow came over. */
  readonly connection?: (screen: S, state: State, world: World) => ConnectionId | undefined
  readonly host?: (screen: S, state: State, world: World) => string | undefined
}
