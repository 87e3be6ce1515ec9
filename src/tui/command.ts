import type { Actions } from './actions.ts'
import type { AnyScreen, State, Step, World } from './state/state.ts'

/** What a command did to the world, in a sentence. */
export interface Outcome {
  readonly text: string
  readonly tone?: 'good' | 'bad'
  /** What comes of it for the screens, where that was not known at once. */
  readonly step?: (state: State, world: World) => State
}

export interface Outlets {
  readonly actions: Actions
  /** Writes to the terminal past Ink. */
  readonly write: (bytes: string) => void
  /** Leaves the terminal to somebody else while the work lasts. */
  readonly suspend?: ((work: () => Promise<void>) => Promise<void>) | undefined
}

/** What a command does to the world. It is asked for before the reducer moves on. */
export type Effect = (
  state: State,
  world: World,
  outlets: Outlets,
  argument: string,
) => Outcome | Promise<Outcome> | undefined

/** What a command does to the screens, to the world, or to both. */
export interface Deed {
  readonly reduce?: Step
  readonly effect?: Effect
}

/** Its place among the hints, and what it says there; nothing on a screen where the word is undefined. */
export type Hint = readonly [place: number, word: string | ((screen: AnyScreen) => string | undefined)]

/** A command of one screen. A key is a character, or a name as in keys.ts; several are separated by blanks. */
export interface OwnCommand extends Deed {
  /** For the help and the command line. */
  readonly says: string
  /** Without keys it can be typed by its name. */
  readonly keys?: string
  /** It needs a proxy that runs. */
  readonly live?: true
  readonly hint?: Hint
}

export type OwnCommands = Readonly<Record<string, OwnCommand>>
