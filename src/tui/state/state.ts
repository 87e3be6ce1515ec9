import type { Filter } from '../../filter/ast.ts'
import type { ConnectionId } from '../../model/connection.ts'
import type { ExchangeId } from '../../model/exchange.ts'
import type { LegName } from '../../model/party.ts'
import type { ProtoSchema } from '../../view/body/grpc.ts'
import type { Hint, Status } from '../actions.ts'
import type { Context } from '../keys.ts'
import type { Line } from '../line.ts'
import type { FlowSource, Sort } from '../ports.ts'
import type { Prompt } from './prompt.ts'

export const flowTabs = ['request', 'response', 'summary', 'timing'] as const
export type FlowTab = (typeof flowTabs)[number]

export const connectionTabs = ['handshake', 'compare', 'keys', 'records', 'frames', 'timeline'] as const
export type ConnectionTab = (typeof connectionTabs)[number]

/** As the title has them, in their order. */
export const tabNames: Readonly<Record<FlowTab | ConnectionTab, string>> = {
  request: 'request',
  response: 'response',
  summary: 'connection',
  timing: 'timing',
  handshake: 'handshake',
  compare: 'compare',
  keys: 'keys',
  records: 'records',
  frames: 'frames',
  timeline: 'timeline',
}

/** The list hangs on an id, not on a row number: what comes in above or below does not move it. */
export interface ListScreen {
  readonly kind: 'list'
  readonly selected?: ExchangeId
  /** On which row of the list's part of the screen the selected flow stands. */
  readonly row: number
}

/** The first line shown, and the one that the search found. */
interface Scrolled {
  readonly top: number
  readonly found?: number
}

export interface FlowScreen extends Scrolled {
  readonly kind: 'flow'
  readonly id: ExchangeId
  readonly tab: FlowTab
  /** How the body is shown; in the way that fits best where absent. */
  readonly view?: string
  /** Which megabyte of the body. */
  readonly part: number
  /** Row of the document. */
  readonly cursor: number
  /** Keys of the folds that are not as they are at first. */
  readonly flipped: ReadonlySet<string>
}

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

export interface MessageScreen extends Scrolled {
  readonly kind: 'message'
  readonly connection: ConnectionId
  /** What the message stands in: a leg's handshake, or the log of HTTP/2 frames. */
  readonly log: LegName | 'frames'
  readonly index: number
  /** Index of the selected line in the whole tree. */
  readonly cursor: number
  /** Lines whose folding is not what it was at first. */
  readonly toggled: ReadonlySet<number>
  readonly explained: boolean
}

export interface HelpScreen extends Scrolled {
  readonly kind: 'help'
  readonly about: Context
  /** Written when the help is opened: it tells of the commands, which what moves a screen does not know. */
  readonly lines: readonly Line[]
}

export interface LogScreen extends Scrolled {
  readonly kind: 'log'
}

/** Two flows, or two connections, beside each other. */
export interface DiffScreen extends Scrolled {
  readonly kind: 'diff'
  readonly of: 'flow' | 'connection'
  readonly left: number
  readonly right: number
}

/** Hosts and the paths below them as a tree. */
export interface HostsScreen extends Scrolled {
  readonly kind: 'hosts'
  readonly cursor: number
  /** What the URLs below an unfolded line begin with. */
  readonly open: ReadonlySet<string>
  /** Only flows that fit it. */
  readonly filter?: Filter | undefined
}

export type AnyScreen =
  | HostsScreen
  | DiffScreen
  | ListScreen
  | FlowScreen
  | ConnectionScreen
  | MessageScreen
  | HelpScreen
  | LogScreen

export interface Notice {
  readonly text: string
  readonly tone: 'good' | 'bad' | 'dim'
}

export interface State {
  /** The last one is shown; the first is the list. */
  readonly screens: readonly [ListScreen, ...AnyScreen[]]
  readonly filter: { readonly text: string; readonly filter?: Filter }
  readonly follow: boolean
  /** How the list is ordered where not by time. */
  readonly sort?: Sort
  /** The list shows bars over time in place of its right columns. */
  readonly waterfall: boolean
  readonly search: string
  readonly prompt?: Prompt
  /** The copy menu is open. */
  readonly copying: boolean
  readonly notice?: Notice
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

export const contextOf = (state: State): Context => (state.copying ? 'copy' : screenOf(state).kind)

/** The state with another screen in front. */
export const withScreen = (state: State, screen: AnyScreen): State => ({
  ...state,
  screens: [...state.screens.slice(0, -1), screen] as unknown as State['screens'],
})

export const push = (state: State, screen: AnyScreen): State => ({ ...state, screens: [...state.screens, screen] })

export const say = (state: State, text: string, tone: Notice['tone'] = 'dim'): State => ({
  ...state,
  notice: { text, tone },
})
