import { flowRows } from '../screens/flow.ts'
import { openMessage } from '../screens/message.ts'
import { hostRows } from './hosts.ts'
import { cursorAt, moveInside, showRow } from './move.ts'
import {
  type FlowScreen,
  type HostsScreen,
  type MessageScreen,
  type Step,
  screenOf,
  type World,
  withScreen,
} from './state.ts'
import { isFolded, parentOf, toggle, treeRows } from './tree.ts'

const ofBody = /^(?:body|message) /

type Wanted = 'toggle' | 'fold' | 'unfold'

/** Folds or unfolds, on the screens that have something to fold. */
export const refold =
  (wanted: Wanted): Step =>
  (state, world) => {
    const screen = screenOf(state)
    if (screen.kind === 'hosts') return withScreen(state, refoldHost(screen, wanted, world))
    if (screen.kind === 'message') return withScreen(state, refoldMessage(screen, wanted, world))
    return screen.kind === 'flow' && wanted === 'toggle' ? withScreen(state, toggleFold(screen, world)) : state
  }

/** The whole body folded, or all of the flow unfolded. */
export const refoldAll: Step = (state, world) => {
  const screen = screenOf(state)
  return screen.kind === 'flow' ? withScreen(state, foldAll(screen, world)) : state
}

function refoldMessage(screen: MessageScreen, wanted: Wanted, world: World): MessageScreen {
  const lines = openMessage(screen, world)?.lines ?? []
  const state = treeRows(lines, screen.toggled).find(({ index }) => index === screen.cursor)?.folding
  const folded = isFolded(lines, screen.cursor, screen.toggled)
  if (state !== 'leaf' && (wanted === 'toggle' || folded === (wanted === 'unfold')))
    return showCursor({ ...screen, toggled: toggle(screen.toggled, screen.cursor) }, screen.cursor, world)
  if (wanted === 'unfold' && state === 'open') return showCursor(screen, screen.cursor + 1, world)
  const parent = lines.length > 0 ? parentOf(lines, screen.cursor) : undefined
  return wanted === 'fold' && parent !== undefined ? showCursor(screen, parent, world) : screen
}

function showCursor(screen: MessageScreen, index: number, world: World): MessageScreen {
  const rows = treeRows(openMessage(screen, world)?.lines ?? [], screen.toggled)
  return showRow(
    screen,
    Math.max(
      0,
      rows.findIndex(row => row.index === index),
    ),
    world,
  )
}

/** Folds or unfolds what opens at the cursor, or else what the cursor stands in. */
function toggleFold(screen: FlowScreen, world: World): FlowScreen {
  const rows = flowRows(screen, world)
  const key = rows[screen.cursor]?.fold
  if (key === undefined) return screen
  const at = rows.findIndex(row => row.opens && row.fold === key)
  return cursorAt({ ...screen, flipped: toggle(screen.flipped, key) }, at, rows.length, world)
}

/** The flow with nothing folded away; folds of the head are closed at first, those of the body open. */
export function allUnfolded(screen: FlowScreen, world: World): FlowScreen {
  const folds = flowRows({ ...screen, flipped: new Set() }, world).flatMap(row => (row.opens ? [row.fold!] : []))
  return { ...screen, flipped: new Set(folds.filter(key => key.endsWith(' ') && !ofBody.test(key))) }
}

/** Folds every fold of the body but the outermost; unfolds all where something is folded. */
function foldAll(screen: FlowScreen, world: World): FlowScreen {
  const folds = flowRows({ ...screen, flipped: new Set() }, world).flatMap(row => (row.opens ? [row.fold!] : []))
  const inner = folds.filter(key => ofBody.test(key)).slice(1)
  const flipped = new Set(screen.flipped.size > 0 ? [] : inner)
  return moveInside({ ...screen, flipped, cursor: 0, top: 0 }, 0, world) as FlowScreen
}

/** The line at the cursor unfolded or folded; folding a line that is not open goes to the one above it. */
function refoldHost(screen: HostsScreen, wanted: Wanted, world: World): HostsScreen {
  const rows = hostRows(screen, world)
  const row = rows[screen.cursor]
  if (!row) return screen
  if (wanted === 'fold' && !row.open) {
    const parent = rows.findLastIndex((each, i) => i < screen.cursor && each.depth < row.depth)
    return parent < 0 ? screen : cursorAt(screen, parent, rows.length, world)
  }
  if (wanted === 'unfold' && (row.open || !row.node.deeper)) return screen
  return { ...screen, open: toggle(screen.open, row.path) }
}
