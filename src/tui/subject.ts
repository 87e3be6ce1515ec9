import type { ConnectionId } from '../model/connection.ts'
import { copyFormats } from '../view/copy/formats.ts'
import { pasteableLine } from '../view/copy/pasteable.ts'
import type { Effect } from './command.ts'
import { enterConnection } from './connection/state.ts'
import { enterConnections } from './connections/screen.ts'
import { enterDiff } from './diff/screen.ts'
import { copying, noting } from './effects.ts'
import { choosing } from './export/commands.ts'
import { rowWith } from './list/state.ts'
import { turnPassThrough } from './passed/screen.ts'
import type { FlowRow } from './ports.ts'
import { editing, repeating } from './repeat/commands.ts'
import { kindOf } from './screens.ts'
import { promptFor } from './state/prompt.ts'
import { type State, type Step, say, screenOf, type World } from './state/state.ts'

/** What can be done with the flow, the connection or the host that a screen is about, whichever screen that is. */

const rowOf = (state: State, world: World): FlowRow | undefined => {
  const screen = screenOf(state)
  return kindOf(screen).row?.(screen, state, world)
}

const connectionOf = (state: State, world: World): ConnectionId | undefined => {
  const screen = screenOf(state)
  return kindOf(screen).connection?.(screen, state, world)
}

const hostOf = (state: State, world: World): string | undefined => {
  const screen = screenOf(state)
  return kindOf(screen).host?.(screen, state, world)
}

export const enterItsConnection: Step = (state, world) => {
  const id = connectionOf(state, world)
  return id === undefined ? state : enterConnection(state, id)
}

/** The connections of the host that the screen is about. */
export const enterHostConnections: Step = (state, world) => {
  const id = connectionOf(state, world)
  const connection = id === undefined ? undefined : world.source.record(id)
  const own = rowOf(state, world)?.host || connection?.target?.host || connection?.serverName
  const host = (own ?? hostOf(state, world))?.toLowerCase()
  return host ? enterConnections(state, host) : say(state, 'There is no host here.')
}

/**
 * What the screen is about beside the marked flow, or beside its connection: the latest mark that is another. What was sent
 * again is put beside what it repeats.
 */
export const diffWithMark: Step = (state, world) => {
  const row = rowOf(state, world)
  const origin = row?.kind === 'exchange' ? world.source.record(row.connection)?.origin : undefined
  if (row && origin !== undefined) return enterDiff(state, { of: 'flow', left: origin, right: row.id })
  const of = row?.kind === 'exchange' ? 'flow' : 'connection'
  const right = of === 'flow' ? row?.id : connectionOf(state, world)
  const marked = world.source.marked().map(id => (of === 'flow' ? id : rowWith(world.source, id)?.connection))
  const left = marked.findLast(id => id !== undefined && id !== right)
  if (right === undefined || left === undefined)
    return say(state, 'Mark another flow with m in the list first; then D shows both beside each other.')
  return enterDiff(state, { of, left, right })
}

/** What can leave, the flow that the screen is about first. */
export const chooseExport = choosing((state, world) => rowOf(state, world)?.id)

export const repeat = repeating(rowOf)

export const editRequest = editing(rowOf)

export const editComment: Step = (state, world) => {
  const row = rowOf(state, world)
  return row ? { ...state, prompt: promptFor('command', `comment ${row.comment ?? ''}`) } : state
}

export const turnMark = noting(rowOf, row => ({ marked: !row.marked, comment: row.comment ?? '' }))

export const comment = noting(rowOf, (row, text) => ({ marked: row.marked === true, comment: text }))

/** The pattern that was given, or the host that the screen is about. */
export const passThrough: Effect = (state, world, { actions }, argument) => {
  const id = argument === '' ? connectionOf(state, world) : undefined
  const connection = id === undefined ? undefined : world.source.record(id)
  const pattern = argument || (connection?.serverName ?? connection?.target?.host)?.toLowerCase()
  if (pattern === undefined) return { text: 'There is no host to pass through here.', tone: 'bad' }
  return turnPassThrough(pattern, world, actions)
}

const mostBody = 128 * 1024 // more fits on no clipboard that a terminal fills

/** One of the formats of `view`, by its key. */
export function copyingAs(key: string): Effect {
  const format = copyFormats.find(each => each.key === key)!
  return copying(format.name, (state, world) => {
    const row = rowOf(state, world)
    const exchange = row?.kind === 'exchange' ? world.source.exchange(row.id) : undefined
    return exchange && format.copy(exchange, world.source.body(exchange.id, format.side, 0, mostBody))
  })
}

export const copyHost = copying('host', (state, world) => {
  const host = hostOf(state, world)
  return host === undefined ? undefined : pasteableLine(host)
})
