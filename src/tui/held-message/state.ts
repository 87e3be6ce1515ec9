import type { Held } from '../../model/held.ts'
import { type HeldMessageScreen, heldWith } from '../held/state.ts'
import type { State, World } from '../state/state.ts'
import { bodyOf, editText } from './body.ts'
import { answerOf, headerTyped } from './decision.ts'
import {
  type Draft,
  type Edited,
  editHeader,
  editMethod,
  editStatus,
  editUrl,
  headOf,
  insertHeader,
  isRefused,
  refuse,
} from './draft.ts'
import { type Row, rowsOf, withLine } from './rows.ts'
import { fromTyped } from './typed.ts'

/** What the screen shows, with what was changed of it; undefined where it is held no longer. */
export interface Shown {
  readonly held: Held
  readonly draft: Draft
  readonly rows: readonly Row[]
  readonly row: Row | undefined
}

const unchanged: Draft = {}

export function shownOn({ id, cursor }: HeldMessageScreen, { drafts }: State, world: World): Shown | undefined {
  const held = heldWith(id, world)
  if (!held) return undefined
  const draft = drafts?.get(id) ?? unchanged
  const rows = rowsOf(held, draft)
  return { held, draft, rows, row: rows[Math.max(0, Math.min(cursor, rows.length - 1))] }
}

/** The state with what is changed of a message now; nothing is where the draft is empty. */
export function withDraft(state: State, { id }: Held, draft: Draft): State {
  const { drafts, ...rest } = state
  const others = [...(drafts ?? [])].filter(([each]) => each !== id)
  const all = Object.keys(draft).length > 0 ? [...others, [id, draft] as const] : others
  return all.length > 0 ? { ...rest, drafts: new Map(all) } : rest
}

/** What the row's value is after it was typed. */
export function editValue({ held, draft, row }: Shown, text: string): Edited {
  switch (row?.part) {
    case 'method':
      return editMethod(held, draft, fromTyped(text))
    case 'url':
      return editUrl(held, draft, fromTyped(text, row.value))
    case 'status':
      return editStatus(held, draft, fromTyped(text, row.value))
    case 'header':
      return editHeader(held, draft, row.index, [row.name, fromTyped(text, row.value)])
    case 'line':
      return editText(held, draft, withLine(bodyOf(held, draft)?.text ?? '', row.line, text))
    default:
      return refuse('there is nothing to edit in this row')
  }
}

export const editName = ({ held, draft, row }: Shown, text: string): Edited =>
  row?.part === 'header'
    ? editHeader(held, draft, row.index, [fromTyped(text), row.value])
    : refuse('only a header has a name')

/** Below the header at the cursor, or as the last. */
export function addHeader({ held, draft, row }: Shown, text: string): Edited {
  const header = headerTyped(text)
  if ('refused' in header) return header
  const count = headOf(held, draft)?.headers.length ?? 0
  return insertHeader(held, draft, row?.part === 'header' ? row.index + 1 : count, header)
}

/** Why what is typed would not be taken. */
export function faultOfTyped(shown: Shown, command: string, text: string): string | undefined {
  const edits = { 'set-value': editValue, 'set-name': editName, 'add-header': addHeader } as const
  const edit = Object.hasOwn(edits, command) ? edits[command as keyof typeof edits] : undefined
  const edited = command === 'answer-with' ? answerOf(text) : edit?.(shown, text)
  return edited && isRefused(edited) ? edited.refused : undefined
}
