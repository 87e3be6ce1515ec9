import type { Filter } from '../../filter/ast.ts'
import type { ExchangeId } from '../../model/exchange.ts'
import type { HeldId } from '../../model/held.ts'
import type { ProtoSchema } from '../../view/body/grpc.ts'
import type { Hint, Status } from '../actions.ts'
import type { Draft } from '../held-message/draft.ts'
import type { FlowSource, Sort } from '../ports.ts'
import type { Prompt } from './prompt.ts'

/** A screen of some kind. What more it holds is declared in its folder. */
export interface AnyScreen {
  readonly kind: string
}

/** The list hangs on an id, not on a row number: what comes in above or below does not move it. */
export interface ListScreen extends AnyScreen {
  readonly kind: 'list'
  readonly selected?: ExchangeId
  /** On which row of the list's part of the screen the selected flow stands. */
  readonly row: number
}

export interface Notice {
  readonly text: string
  readonly tone: 'good' | 'bad' | 'dim'
}

/** Where a search found its text. */
export interface Found {
  readonly screen: AnyScreen
  /** That it went round the end, or on to somewhere else. */
  readonly notice?: string
}

/** A search on its way, a step of some ms at a time. */
export type Hunt = Iterator<undefined, Found | undefined>

export interface State {
  /** The last one is shown; the first is the list. */
  readonly screens: readonly [ListScreen, ...AnyScreen[]]
  readonly filter: { readonly text: string; readonly filter?: Filter }
  readonly follow: boolean
  /** The list hides this flow and those before it. */
  readonly cleared?: ExchangeId
  /** The list stands still: it ends with this flow. */
  readonly paused?: ExchangeId
  /** How the list is ordered where not by time. */
  readonly sort?: Sort
  /** The list shows bars over time in place of its right columns. */
  readonly waterfall: boolean
  readonly search: string
  /** The search that goes on until it has found something, or a key is pressed. */
  readonly hunt?: Hunt
  readonly prompt?: Prompt
  /** What was changed of held messages and is not sent yet. */
  readonly drafts?: ReadonlyMap<HeldId, Draft>
  /** The copy menu is open. */
  readonly copying: boolean
  readonly notice?: Notice
  /** Ways in that the list offers in place of its rows, until a key is pressed or a flow comes. */
  readonly welcome?: readonly Hint[]
  readonly done: boolean
}

/** What the reducer may look at, and what the screens are drawn from. */
export interface World {
  readonly source: FlowSource
  readonly columns: number
  readonly rows: number
  readonly status: Status
  readonly hints: readonly Hint[]
  /** Names for protobuf messages. */
  readonly schema?: ProtoSchema | undefined
}

/** A proxy runs: what is shown may go on, and be acted on. */
export const isLive = ({ status }: World): boolean => status.listen !== undefined

/** What a command does to the screens; the argument is what was typed after its name. */
export type Step = (state: State, world: World, argument: string) => State

export const initialState: State = {
  screens: [{ kind: 'list', row: 0 }],
  filter: { text: '' },
  follow: false,
  waterfall: false,
  search: '',
  copying: false,
  done: false,
}

export const screenOf = (state: State): AnyScreen => state.screens.at(-1)!

/** Where keys are read: on the screen that is shown, or in the copy menu. */
export const contextOf = (state: State): string => (state.copying ? 'copy' : screenOf(state).kind)

/** The state with another screen in front. */
export const withScreen = <S extends AnyScreen>(state: State, screen: S): State => ({
  ...state,
  screens: [...state.screens.slice(0, -1), screen] as unknown as State['screens'],
})

export const push = <S extends AnyScreen>(state: State, screen: S): State => ({
  ...state,
  screens: [...state.screens, screen],
})

/** Without the screen in front, which is not the list. */
export const pop = (state: State): State => ({
  ...state,
  screens: state.screens.slice(0, -1) as unknown as State['screens'],
})

/** Makes steps of changes to a screen of one kind; on any other they do nothing. */
export const stepsOn =
  <S extends AnyScreen>(kind: S['kind']) =>
  (change: (screen: S, world: World) => S): Step =>
  (state, world) => {
    const screen = screenOf(state)
    return screen.kind === kind ? withScreen(state, change(screen as S, world)) : state
  }

export const say = (state: State, text: string, tone: Notice['tone'] = 'dim'): State => ({
  ...state,
  notice: { text, tone },
})
