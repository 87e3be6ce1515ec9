import type { Note } from '../store/notes.ts'
import { osc52 } from '../view/copy/osc52.ts'
import type { FileForOthers } from './actions.ts'
import type { Effect, Outcome, Outlets } from './command.ts'
import type { FlowRow } from './ports.ts'
import type { State, World } from './state/state.ts'

/** Leaves the terminal before the job stops. */
export const stop: Effect = (_state, _world, { actions, suspend }) => {
  if (actions.stop) void suspend?.(actions.stop)
  return undefined
}

/** Changes what a person keeps with a flow. */
export const noting =
  (rowOf: (state: State, world: World) => FlowRow | undefined, change: (row: FlowRow, text: string) => Note): Effect =>
  (state, world, { actions }, argument) => {
    const row = rowOf(state, world)
    if (!row) return undefined
    if (!actions.note) return { text: 'Notes cannot be kept in this capture.', tone: 'bad' }
    try {
      actions.note(row.id, change(row, argument.trim()))
      return undefined
    } catch (error) {
      return { text: errorText(error), tone: 'bad' }
    }
  }

/** Hands a file to another program; `what` says of what it would have been. */
export const handing =
  (
    verb: 'edit' | 'view',
    fileOf: (state: State, world: World) => { readonly what: string; readonly file?: FileForOthers | undefined },
  ): Effect =>
  async (state, world, { actions, suspend }) => {
    const { what, file } = fileOf(state, world)
    const hand = actions[verb]
    if (!file || !suspend || !hand) return { text: `There is nothing of the ${what} to open.`, tone: 'bad' }
    try {
      await suspend(() => hand(file))
      return { text: `${file.name} was opened.` }
    } catch (error) {
      return { text: errorText(error), tone: 'bad' }
    }
  }

/** Puts a text on the clipboard: by a tool of this machine, else by the terminal, else into a file; says which. */
export const copying =
  (what: string, textOf: (state: State, world: World) => string | undefined): Effect =>
  (state, world, outlets) => {
    const text = textOf(state, world)
    if (text === undefined) return { text: `There is no ${what} to copy here.`, tone: 'bad' }
    const { actions } = outlets
    return (
      actions
        .copy?.(text)
        .then(tool =>
          tool === undefined
            ? toTerminal(what, text, outlets)
            : { text: `The ${what} is on the clipboard (${tool}).`, tone: 'good' },
        ) ?? toTerminal(what, text, outlets)
    )
  }

function toTerminal(what: string, text: string, { actions, write }: Outlets): Outcome {
  const sequence = osc52(text)
  if (sequence !== undefined) {
    write(sequence)
    return { text: `Sent the ${what} to the terminal’s clipboard (OSC 52).`, tone: 'good' }
  }
  if (!actions.save) return { text: `The ${what} is too long for the terminal’s clipboard.`, tone: 'bad' }
  try {
    return {
      text: `The ${what} is too long for the terminal’s clipboard: it is in ${actions.save(text)}`,
      tone: 'good',
    }
  } catch (error) {
    return { text: errorText(error), tone: 'bad' }
  }
}

export const errorText = (error: unknown): string => (error instanceof Error ? error.message : String(error))
