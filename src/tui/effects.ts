import type { Note } from '../store/notes.ts'
import { certificatesPem } from '../view/copy/certificates.ts'
import { copyFormats } from '../view/copy/formats.ts'
import { osc52 } from '../view/copy/osc52.ts'
import type { Actions } from './actions.ts'
import { bodyFile, messageFile } from './flow-file.ts'
import { rowOf, selectedRow } from './list/state.ts'
import type { FlowRow } from './ports.ts'
import { type State, screenOf, type World } from './state/state.ts'

/** What a command did to the world, in a sentence. */
export interface Outcome {
  readonly text: string
  readonly tone?: 'good' | 'bad'
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

export const passThrough: Effect = (state, world, { actions }) => {
  const screen = screenOf(state)
  const id = screen.kind === 'connection' ? screen.id : selectedRow(state, world)?.connection
  const connection = id === undefined ? undefined : world.source.connection(id)?.connection
  const host = connection?.serverName ?? connection?.target?.host
  if (id === undefined || host === undefined) return { text: 'There is no host to pass through here.', tone: 'bad' }
  if (!actions.passThrough) return { text: 'Nothing is being proxied: this is a capture.', tone: 'bad' }
  return { text: actions.passThrough(host, id), tone: 'good' }
}

export const turnMark: Effect = noting(row => ({ marked: !row.marked, comment: row.comment ?? '' }))

export const comment: Effect = noting((row, text) => ({ marked: row.marked === true, comment: text }))

/** Leaves the terminal before the job stops. */
export const stop: Effect = (_state, _world, { actions, suspend }) => {
  if (actions.stop) void suspend?.(actions.stop)
  return undefined
}

/** Changes what a person keeps with the flow. */
function noting(change: (row: FlowRow, argument: string) => Note): Effect {
  return (state, world, { actions }, argument) => {
    const row = rowOf(state, world)
    if (!row) return undefined
    if (!actions.note) return { text: 'Notes cannot be kept in this capture.', tone: 'bad' }
    try {
      actions.note(row.id, change(row, argument.trim()))
      return undefined
    } catch (error) {
      return { text: error instanceof Error ? error.message : String(error), tone: 'bad' }
    }
  }
}

export const editMessage: Effect = handing('edit', messageFile)

export const viewBody: Effect = handing('view', bodyFile)

/** Hands something of the open flow to another program. */
function handing(verb: 'edit' | 'view', fileOf: typeof messageFile | typeof bodyFile): Effect {
  return async (state, { source }, { actions, suspend }) => {
    const screen = screenOf(state)
    const exchange = screen.kind === 'flow' ? source.exchange(screen.id) : undefined
    const side = screen.kind === 'flow' && screen.tab === 'request' ? 'request' : 'response'
    const file = exchange && fileOf(source, exchange, side)
    const hand = actions[verb]
    if (!file || !suspend || !hand) return { text: `There is nothing of the ${side} to open.`, tone: 'bad' }
    try {
      await suspend(() => hand(file))
      return { text: `${file.name} was opened.` }
    } catch (error) {
      return { text: error instanceof Error ? error.message : String(error), tone: 'bad' }
    }
  }
}

const mostBody = 128 * 1024 // more fits on no clipboard that a terminal fills

/** One of the formats of `view`, by its key. */
export function copyingAs(key: string): Effect {
  const format = copyFormats.find(each => each.key === key)!
  return copying(format.name, (state, world) => {
    const exchange = exchangeOf(state, world)
    return exchange && format.copy(exchange, world.source.body(exchange.id, format.side, 0, mostBody))
  })
}

export const copyHost: Effect = copying('host', (state, world) => {
  const screen = screenOf(state)
  if (screen.kind === 'flow') return world.source.exchange(screen.id)?.request.head.authority
  return selectedRow(state, world)?.host
})

export const copyPem: Effect = copying('certificate chain', (state, { source }) => {
  const screen = screenOf(state)
  if (screen.kind !== 'message' || screen.log === 'frames') return undefined
  const message = source.connection(screen.connection)?.handshakes[screen.log]?.messages[screen.index]
  return message && certificatesPem(message)
})

function copying(what: string, text: (state: State, world: World) => string | undefined): Effect {
  return (state, world, { actions, write }) => {
    const copied = text(state, world)
    if (copied === undefined) return { text: `There is no ${what} to copy here.`, tone: 'bad' }
    if (actions.copy) {
      actions.copy(copied)
      return { text: `The ${what} is on the clipboard.`, tone: 'good' }
    }
    const sequence = osc52(copied)
    if (sequence === undefined) return { text: `The ${what} is too long for the terminal’s clipboard.`, tone: 'bad' }
    write(sequence)
    return { text: `Sent the ${what} to the terminal’s clipboard (OSC 52).`, tone: 'good' }
  }
}

function exchangeOf(state: State, world: World) {
  const screen = screenOf(state)
  const row = screen.kind === 'flow' ? screen : selectedRow(state, world)
  return row && (row.kind === 'flow' || row.kind === 'exchange') ? world.source.exchange(row.id) : undefined
}
