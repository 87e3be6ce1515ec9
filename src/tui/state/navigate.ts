import { openConnection } from '../connection/screen.ts'
import { selectedRow } from '../list/state.ts'
import { kindOf } from '../screens.ts'
import { move } from './move.ts'
import { type LogScreen, push, type State, type Step, say, screenOf, withScreen } from './state.ts'
import { turnedTab } from './tabs.ts'

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

export const turnTab =
  (by: number): Step =>
  (state, world) => {
    const next = turnedTab(screenOf(state), by, world)
    return next ? withScreen(state, next) : state
  }

/** Back, but never out of the program. */
export const cancel: Step = state => (state.screens.length === 1 ? state : back(state))

/** The log from its end. */
export const openLog: Step = (state, world) =>
  push(state, move<LogScreen>({ kind: 'log', top: 0 }, Number.POSITIVE_INFINITY, state, world))
