import type { Effect, OwnCommands } from '../command.ts'
import { decided, leaveGone } from '../held/commands.ts'
import type { HeldMessageScreen } from '../held/state.ts'
import { bodyRows } from '../shell/chrome.ts'
import { askingFor } from '../state/prompt.ts'
import { cursorAt } from '../state/scrolled.ts'
import { type State, type Step, say, screenOf, type World, withScreen } from '../state/state.ts'
import { answerOf } from './decision.ts'
import { deleteHeader, type Edited, isRefused, moveHeader, refuse } from './draft.ts'
import { bodyFile, edited, wholeFile } from './file.ts'
import { addHeader, editName, editValue, type Shown, shownOn, withDraft } from './state.ts'
import { forEditing } from './typed.ts'

type Change = (shown: Shown, argument: string) => Edited

const shownIn = (state: State, world: World): Shown | undefined =>
  shownOn(screenOf(state) as HeldMessageScreen, state, world)

/** Changes the message; what cannot be is said. `by`: rows that the cursor moves along. */
const changes =
  (change: Change, by = 0): Step =>
  (state, world, argument) => {
    const shown = shownIn(state, world)
    if (!shown) return say(state, 'It is held no longer.', 'bad')
    const draft = change(shown, argument)
    if (isRefused(draft)) return say(state, `Not taken: ${draft.refused}.`, 'bad')
    if (draft === shown.draft) return state
    return moved(withDraft(state, shown.held, draft), world, by)
  }

function moved(state: State, world: World, by: number): State {
  const screen = screenOf(state) as HeldMessageScreen
  const count = shownIn(state, world)?.rows.length ?? 0
  const cursor = Math.max(0, Math.min(count - 1, screen.cursor + by))
  return withScreen(state, cursorAt(screen, cursor, count, bodyRows(world)))
}

/** To the next of: how it starts, its headers, its body; round the end. */
const nextBlock: Step = (state, world) => {
  const shown = shownIn(state, world)
  if (!shown) return state
  const blocks = shown.rows.map(row => (row.part === 'header' ? 1 : row.part === 'line' || row.part === 'note' ? 2 : 0))
  const { cursor } = screenOf(state) as HeldMessageScreen
  const next = blocks.findIndex((block, at) => at > cursor && block !== blocks[cursor])
  return moved(state, world, (next < 0 ? 0 : next) - cursor)
}

/** Asks for something that a command then does with the row at the cursor. */
const asks =
  (then: string, questionOf: (shown: Shown) => readonly [sign: string, text: string] | string): Step =>
  (state, world) => {
    const shown = shownIn(state, world)
    if (!shown) return say(state, 'It is held no longer.', 'bad')
    const question = questionOf(shown)
    if (typeof question === 'string') return say(state, question, 'bad')
    const [sign, text] = question
    return { ...state, prompt: askingFor(sign, text, then) }
  }

const askValue = asks('set-value', ({ row }) => {
  if (!row || row.part === 'note') return 'e opens the body in your editor.'
  if (row.part === 'line') return [`line ${row.line + 1}`, row.value]
  return [row.part === 'header' ? forEditing(row.name) : row.part, forEditing(row.value)]
})

const askName = asks('set-name', ({ row }) =>
  row?.part === 'header' ? ['name', forEditing(row.name)] : 'Only a header has a name.',
)

const askHeader = asks('add-header', ({ held }) =>
  held.what === 'stream-message' ? 'A message of a WebSocket has no headers.' : ['header', ''],
)

const askAnswer = asks('answer-with', ({ held }) =>
  held.what === 'request' ? ['answer', '200 '] : 'Only a request can be answered.',
)

const answer: Effect = (state, world, outlets, argument) => {
  const held = shownIn(state, world)?.held
  if (held?.what !== 'request') return { text: 'Only a request can be answered.', tone: 'bad' }
  const decision = answerOf(argument)
  if (isRefused(decision)) return { text: decision.refused, tone: 'bad' }
  return decided(held, decision, 'was answered by you', outlets)
}

const onHeader = (change: (shown: Shown, index: number) => Edited): Change => {
  return shown => (shown.row?.part === 'header' ? change(shown, shown.row.index) : refuse('this row is no header'))
}

export const heldMessageCommands = {
  'edit-value': { says: 'edit this row', keys: 'enter', hint: [2, 'edit'], live: true, reduce: askValue },
  'set-value': { says: 'the row at once: set-value TEXT', live: true, reduce: changes(editValue) },
  'next-block': { says: 'to the headers, to the body', keys: 'tab', live: true, reduce: nextBlock },
  'edit-name': { says: 'edit the name of this header', keys: 'm', live: true, reduce: askName },
  'set-name': { says: 'the name at once: set-name NAME', live: true, reduce: changes(editName) },
  'ask-header': { says: 'a new header below', keys: 'o', hint: [5, 'add header'], live: true, reduce: askHeader },
  'add-header': { says: 'the same at once: add-header NAME: VALUE', live: true, reduce: changes(addHeader, 1) },
  'delete-header': {
    says: 'delete this header',
    keys: 'd delete',
    hint: [6, 'delete'],
    live: true,
    reduce: changes(onHeader(({ held, draft }, index) => deleteHeader(held, draft, index))),
  },
  'header-down': {
    says: 'this header one place down',
    keys: 'J',
    live: true,
    reduce: changes(
      onHeader(({ held, draft }, index) => moveHeader(held, draft, index, 1)),
      1,
    ),
  },
  'header-up': {
    says: 'this header one place up',
    keys: 'K',
    live: true,
    reduce: changes(
      onHeader(({ held, draft }, index) => moveHeader(held, draft, index, -1)),
      -1,
    ),
  },
  'edit-body': {
    says: 'the body in your $EDITOR',
    keys: 'e',
    hint: [3, 'body in $EDITOR'],
    live: true,
    effect: (state, world, outlets) => edited(bodyFile, state, world, outlets),
  },
  'edit-whole': {
    says: 'the whole message in your $EDITOR',
    keys: 'w',
    hint: [4, 'all in $EDITOR'],
    live: true,
    effect: (state, world, outlets) => edited(wholeFile, state, world, outlets),
  },
  'undo-edits': { says: 'as it came', keys: 'u', hint: [9, 'undo'], live: true, reduce: changes(() => ({})) },
  'ask-answer': {
    says: 'answer it yourself: 404 not here',
    keys: 'r',
    hint: [7, 'answer'],
    live: true,
    reduce: askAnswer,
  },
  'answer-with': { says: 'the same at once: answer-with STATUS TEXT', live: true, effect: answer, reduce: leaveGone },
} as const satisfies OwnCommands
