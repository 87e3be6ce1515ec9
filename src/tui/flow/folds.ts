import { toggle } from '../handshake-message/tree.ts'
import { bodyRows } from '../shell/chrome.ts'
import { cursorAt } from '../state/scrolled.ts'
import type { World } from '../state/state.ts'
import { flowRows } from './lines.ts'
import type { FlowScreen } from './state.ts'

const ofBody = /^(?:body|message) /

/** Folds or unfolds what opens at the cursor, or else what the cursor stands in. */
export function toggleFold(screen: FlowScreen, world: World): FlowScreen {
  const rows = flowRows(screen, world)
  const key = rows[screen.cursor]?.fold
  if (key === undefined) return screen
  const at = rows.findIndex(row => row.opens && row.fold === key)
  return cursorAt({ ...screen, flipped: toggle(screen.flipped, key) }, at, rows.length, bodyRows(world))
}

/** The flow with nothing folded away, where something is; folds of the head are closed at first, those of the body open. */
export function allUnfolded(screen: FlowScreen, world: World): FlowScreen | undefined {
  const folds = flowRows({ ...screen, flipped: new Set() }, world).flatMap(row => (row.opens ? [row.fold!] : []))
  const flipped = new Set(folds.filter(key => key.endsWith(' ') && !ofBody.test(key)))
  const same = flipped.size === screen.flipped.size && [...flipped].every(key => screen.flipped.has(key))
  return same ? undefined : { ...screen, flipped }
}

/** Folds every fold of the body but the outermost; unfolds all where something is folded. */
export function foldAll(screen: FlowScreen, world: World): FlowScreen {
  const folds = flowRows({ ...screen, flipped: new Set() }, world).flatMap(row => (row.opens ? [row.fold!] : []))
  const inner = folds.filter(key => ofBody.test(key)).slice(1)
  const flipped = new Set(screen.flipped.size > 0 ? [] : inner)
  return { ...screen, flipped, cursor: 0, top: 0 }
}
