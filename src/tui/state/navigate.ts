import type { LegName } from '../../model/party.ts'
import { moveToLeg } from '../connection/cells.ts'
import { turnStream } from '../connection/frames.ts'
import { openConnection } from '../connection/screen.ts'
import { partsOf } from '../flow/parts.ts'
import { viewsOf } from '../flow/screen.ts'
import { moveTree } from '../handshake-message/cursor.ts'
import { messagesIn } from '../handshake-message/lines.ts'
import { listView, moveBy, selectedRow, selectFlow } from '../list/state.ts'
import { kindOf } from '../screens.ts'
import { move } from './move.ts'
import {
  type AnyScreen,
  type ConnectionScreen,
  type ConnectionTab,
  type FlowScreen,
  type FlowTab,
  type LogScreen,
  type MessageScreen,
  push,
  type State,
  type Step,
  say,
  screenOf,
  type World,
  withScreen,
} from './state.ts'
import { connectionAtTab, flowAtTab, turnedTab, unfound } from './tabs.ts'

/** The state without its last screen, or without the waterfall; done where there is nothing to go back to. */
export const back = (state: State): State =>
  state.screens.length === 1
    ? state.waterfall
      ? { ...state, waterfall: false }
      : { ...state, done: true }
    : { ...state, screens: state.screens.slice(0, -1) as unknown as State['screens'] }

/** What is selected: a flow, a connection, a message or frame, the list of a host. */
export const open: Step = (state, world) => {
  const screen = screenOf(state)
  return kindOf(screen).open?.(screen, state, world) ?? state
}

/** The frames of the flow's stream. */
export const openItsFrames: Step = (state, { source }) => {
  const screen = screenOf(state)
  const exchange = screen.kind === 'flow' ? source.exchange(screen.id) : undefined
  if (exchange?.stream === undefined) return say(state, 'This flow has no HTTP/2 stream.')
  const { connection, stream } = exchange
  const frame = source.frames(connection, { stream, limit: 1 })[0]?.index ?? 0
  return openConnection(state, connection, { tab: 'frames', stream, frame })
}

export const openItsConnection: Step = (state, world) => {
  const screen = screenOf(state)
  const id =
    screen.kind === 'flow' ? world.source.exchange(screen.id)?.connection : selectedRow(state, world)?.connection
  return id === undefined ? state : openConnection(state, id)
}

/** What the screen is about beside the marked flow, or beside its connection: the latest mark that is another. */
export const openDiff: Step = (state, world) => {
  const screen = screenOf(state)
  const row = selectedRow(state, world)
  const ofConnection = screen.kind === 'connection' || (screen.kind === 'list' && row?.kind === 'connection')
  const connectionOf = (id: number) => world.source.rows({ after: id - 1, limit: 1 })[0]?.connection
  const own = screen.kind === 'list' ? row?.id : 'id' in screen ? screen.id : undefined
  const right = screen.kind === 'list' && ofConnection ? row?.connection : own
  const marked = world.source.marked().map(id => (ofConnection ? connectionOf(id) : id))
  const left = marked.findLast(id => id !== undefined && id !== right)
  if (right === undefined || left === undefined)
    return say(state, 'Mark another flow with m in the list first; then D shows both beside each other.')
  return push(state, { kind: 'diff', of: ofConnection ? 'connection' : 'flow', left, right, top: 0 })
}

const onFlow =
  (change: (screen: FlowScreen, world: World) => AnyScreen): Step =>
  (state, world) => {
    const screen = screenOf(state)
    return screen.kind === 'flow' ? withScreen(state, change(screen, world)) : state
  }

const onConnection =
  (change: (screen: ConnectionScreen, world: World) => AnyScreen): Step =>
  (state, world) => {
    const screen = screenOf(state)
    return screen.kind === 'connection' ? withScreen(state, change(screen, world)) : state
  }

const onMessage =
  (change: (screen: MessageScreen, world: World) => AnyScreen): Step =>
  (state, world) => {
    const screen = screenOf(state)
    return screen.kind === 'message' ? withScreen(state, change(screen, world)) : state
  }

export const turnTab =
  (by: number): Step =>
  (state, world) => {
    const next = turnedTab(screenOf(state), by, world)
    return next ? withScreen(state, next) : state
  }

export const turnPart = (by: number): Step =>
  onFlow((screen, { source }) => {
    if (screen.tab !== 'request' && screen.tab !== 'response') return screen
    const last = partsOf(source, screen.id, screen.tab) - 1
    const part = Math.max(0, Math.min(last, screen.part + by))
    return part === screen.part ? screen : { ...unfound(screen), part, cursor: 0, top: 0 }
  })

/** The next flow of the list: the list's selection goes along. */
export const turnFlow =
  (by: number): Step =>
  (state, world) => {
    const screen = screenOf(state)
    if (screen.kind !== 'flow') return state
    const [list] = state.screens
    const view = listView(state, world)
    let moved = moveBy(selectFlow(list, view, screen.id), view, by)
    const row = (id: number) => world.source.rows({ after: id - 1, limit: 1 })[0]
    while (moved.selected !== undefined && row(moved.selected)?.kind === 'connection') {
      const further = moveBy(moved, view, by)
      if (further.selected === moved.selected) return say(state, 'No more flows this way.')
      moved = further
    }
    if (moved.selected === undefined || moved.selected === screen.id) return say(state, 'No more flows this way.')
    const turned = withScreen(state, { ...unfound(screen), id: moved.selected, part: 0, cursor: 0, top: 0 })
    return { ...turned, screens: [moved, ...turned.screens.slice(1)] }
  }

export const turnMessage = (by: number): Step =>
  onMessage((screen, { source }) => {
    const count = messagesIn(screen, source)
    const index = Math.max(0, Math.min(count - 1, screen.index + by))
    return index === screen.index ? screen : { ...screen, index, cursor: 0, toggled: new Set<number>(), top: 0 }
  })

/** The next of the ways to show the body. */
export const nextView = onFlow((screen, world) => {
  const kinds = viewsOf(screen, world)
  const { view: _, ...rest } = unfound(screen) as FlowScreen
  const at = Math.max(0, kinds.indexOf(screen.view ?? ''))
  const view = kinds.length > 0 ? kinds[(at + 1) % kinds.length] : undefined
  return view === undefined || view === kinds[0] ? rest : { ...rest, view }
})

export const viewAs: Step = (state, world, argument) => {
  const screen = screenOf(state)
  if (screen.kind !== 'flow') return state
  const views = viewsOf(screen, world)
  if (views.includes(argument)) return withScreen(state, { ...screen, view: argument, cursor: 0, top: 0 })
  const offer = views.length > 0 ? `view-as needs one of ${views.join(', ')}` : 'There is no body to show here.'
  return say(state, offer, 'bad')
}

export const showFlowTab = (tab: FlowTab): Step => onFlow(screen => flowAtTab(screen, tab))

export const showConnectionTab = (tab: ConnectionTab): Step =>
  onConnection((screen, world) => connectionAtTab(screen, tab, world))

/** The frames of one stream alone, or of all. */
export const turnStreams: Step = onConnection((screen, world) =>
  screen.tab === 'frames' ? turnStream(screen, world) : screen,
)

export const goToLeg = (leg: 'other' | LegName): Step =>
  onConnection((screen, world) => (screen.tab === 'handshake' ? moveToLeg(screen, leg, world) : screen))

export const turnSecrets: Step = onConnection(screen => ({ ...screen, revealed: !screen.revealed }))

export const turnExplanation: Step = onMessage((screen, world) =>
  moveTree({ ...screen, explained: !screen.explained }, 0, world),
)

/** Back, but never out of the program. */
export const cancel: Step = state => (state.screens.length === 1 ? state : back(state))

/** The log from its end. */
export const openLog: Step = (state, world) =>
  push(state, move<LogScreen>({ kind: 'log', top: 0 }, Number.POSITIVE_INFINITY, state, world))
