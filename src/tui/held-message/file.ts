import type { Actions, FileForOthers } from '../actions.ts'
import type { Outcome, Outlets } from '../command.ts'
import { errorText } from '../effects.ts'
import { type HeldMessageScreen, heldWith } from '../held/state.ts'
import { type State, screenOf, type World } from '../state/state.ts'
import { bodyOf, editText, extensionOf } from './body.ts'
import { type Edited, isRefused, refuse } from './draft.ts'
import { type Shown, shownOn, withDraft } from './state.ts'
import { readWholeText, wholeText } from './whole-text.ts'

/** What is given to the editor, and what its answer makes of the draft. */
interface Given {
  readonly file: FileForOthers
  read(bytes: Uint8Array): Edited
}

/** The body, its codings undone, in UTF-8 where it is text; by the name its kind is called. */
export function bodyFile({ held, draft }: Shown): Given | undefined {
  const body = bodyOf(held, draft)
  if (!body) return undefined
  const { text } = body
  const name = `held-${held.id}-${held.what}.${extensionOf(body)}`
  if (text === undefined) return { file: { name, bytes: body.bytes }, read: bytes => ({ ...draft, body: bytes }) }
  return {
    file: { name, bytes: Buffer.from(text, 'utf8') },
    read(bytes) {
      const written = utf8(bytes)
      return written === undefined
        ? refuse('the file is no UTF-8')
        : editText(held, draft, written === `${text}\n` ? text : written) // editors end a file with a line
    },
  }
}

/** The whole message as text. */
export function wholeFile({ held, draft }: Shown): Given | undefined {
  const text = wholeText(held, draft)
  if (text === undefined) return undefined
  return {
    file: { name: `held-${held.id}-${held.what}.http`, bytes: Buffer.from(text, 'utf8') },
    read(bytes) {
      const written = utf8(bytes)
      if (written === undefined) return refuse('the file is no UTF-8')
      return readWholeText(held, draft, written === `${text}\n` ? text : written)
    },
  }
}

function utf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return undefined
  }
}

/** Hands the file to the person's editor, and keeps what it made of the message. */
export async function edited(
  make: (shown: Shown) => Given | undefined,
  state: State,
  world: World,
  { actions, suspend }: Pick<Outlets, 'suspend'> & { readonly actions: Pick<Actions, 'rewrite'> },
): Promise<Outcome> {
  const shown = shownOn(screenOf(state) as HeldMessageScreen, state, world)
  const given = shown && make(shown)
  const { rewrite } = actions
  if (!given || !suspend || !rewrite) return { text: 'There is nothing here to edit.', tone: 'bad' }
  try {
    let bytes = given.file.bytes
    await suspend(async () => {
      bytes = await rewrite(given.file)
    })
    if (Buffer.compare(bytes, given.file.bytes) === 0) return { text: 'Nothing was changed.' }
    const draft = given.read(bytes)
    if (isRefused(draft)) return { text: `Not taken: ${draft.refused}.`, tone: 'bad' }
    return {
      text: 'Changed; a lets it go on so.',
      tone: 'good',
      step: (now, at) => (heldWith(shown.held.id, at) ? withDraft(now, shown.held, draft) : now),
    }
  } catch (error) {
    return { text: errorText(error), tone: 'bad' }
  }
}
