import { enterAddress } from './address/screen.ts'
import type { Deed, Hint, OwnCommand } from './command.ts'
import { openHint } from './connection/commands.ts'
import { copies } from './copies.ts'
import { stop } from './effects.ts'
import { holding } from './held/holding.ts'
import { enterHelp } from './help/screen.ts'
import { type Declared, Keymap } from './keymap.ts'
import { marked } from './list/commands.ts'
import { enterLog } from './log/screen.ts'
import { enterPassed, keepPassThrough } from './passed/screen.ts'
import { requests } from './repeat/requests.ts'
import { kindOf, screens } from './screens.ts'
import { search, searchOn } from './state/find.ts'
import { back, cancel, enter, halfScreen, moves, refold, screenful, turnTab } from './state/navigate.ts'
import { promptFor } from './state/prompt.ts'
import { type AnyScreen, contextOf, isLive, type State, screenOf, type World } from './state/state.ts'
import {
  chooseExport,
  comment,
  diffWithMark,
  editComment,
  enterHostConnections,
  enterItsConnection,
  passThrough,
  turnMark,
} from './subject.ts'

type Kind = keyof typeof screens
/** Where keys are read: on a screen, or in the copy menu. */
type Context = Kind | 'copy'

/** A command with all its keys. One that acts on the world as well has its effect first. */
export interface Entry extends Declared<Context>, Deed {
  /** Its hint by screen; under `any` on every other screen that has a key of it. `copy-whole` is the row above the copy menu's. */
  readonly hints?: { readonly [row in Context | 'copy-whole' | 'any']?: Hint }
}

type Table = Readonly<Record<string, Entry>>

/** A screen's own commands hold on that screen; they are declared in its folder. */
type OwnName = { [K in Kind]: (typeof screens)[K] extends { commands: infer C } ? keyof C : never }[Kind]

const entryOf = (context: Context, { keys, hint, ...rest }: OwnCommand): Entry => ({
  ...rest,
  for: [context],
  keys: keys === undefined ? [] : [[keys, context]],
  ...(hint && { hints: { [context]: hint } }),
})

const own = Object.fromEntries(
  (Object.keys(screens) as Kind[]).flatMap(kind =>
    Object.entries<OwnCommand>(kindOf({ kind }).commands ?? {}).map(([name, each]) => [name, entryOf(kind, each)]),
  ),
) as Readonly<Record<OwnName, Entry>>

/** To move, and to get in and out. A key is a character, or a name as in keys.ts; several are separated by blanks. */
const ways = {
  down: {
    says: 'down',
    keys: [['j down'], ['j down', 'copy']],
    hints: { diff: [1, 'scroll'], help: [1, 'scroll'], log: [1, 'scroll'] },
    reduce: moves(() => 1),
  },
  up: { says: 'up', keys: [['k up'], ['k up', 'copy']], reduce: moves(() => -1) },
  'page-down': {
    says: 'a page down',
    keys: [
      ['ctrl-f pagedown'],
      ['space', 'list', 'connection', 'connections', 'diff', 'help', 'log', 'passed', 'held', 'held-message'],
    ],
    reduce: moves(screenful),
  },
  'page-up': { says: 'a page up', keys: [['ctrl-b pageup']], reduce: moves(rows => -screenful(rows)) },
  'half-down': { says: 'half a page down', keys: [['ctrl-d']], reduce: moves(halfScreen) },
  'half-up': { says: 'half a page up', keys: [['ctrl-u']], reduce: moves(rows => -halfScreen(rows)) },
  top: { says: 'to the start', keys: [['g home']], reduce: moves(() => Number.NEGATIVE_INFINITY) },
  bottom: { says: 'to the end', keys: [['G end']], reduce: moves(() => Number.POSITIVE_INFINITY) },
  open: {
    says: 'open what is selected',
    keys: [
      ['enter', 'list', 'connection', 'hosts', 'connections', 'held', 'export'],
      ['right l', 'list'],
    ],
    hints: {
      list: [1, 'open'],
      connection: [2, openHint],
      hosts: [1, 'its flows'],
      connections: [1, 'open'],
      held: [1, 'open'],
      export: [2, 'choose the file'],
    },
    reduce: enter,
  },
  back: {
    says: 'back; twice from the list: quit',
    keys: [['q'], ['q', 'copy']],
    hints: { any: [99, 'back'], list: [99, 'quit'], copy: [99, 'cancel'] },
    reduce: back,
  },
  cancel: { says: 'back, but never out', keys: [['esc'], ['esc left h', 'copy']], reduce: cancel },
  'open-connection': {
    says: 'its connection: both handshakes',
    keys: [['c', 'list', 'flow']],
    hints: { list: [2, 'connection'], flow: [6, 'connection'] },
    reduce: enterItsConnection,
  },
  'host-connections': {
    says: 'the connections of its host',
    keys: [['C', 'list', 'flow', 'connection', 'hosts']],
    hints: { hosts: [3, 'its connections'] },
    reduce: enterHostConnections,
  },
  'next-tab': {
    says: 'next tab',
    keys: [
      ['tab l right', 'flow', 'export'],
      ['>', 'connection'],
    ],
    hints: { flow: [1, 'next tab'], export: [1, 'other flows'] },
    reduce: turnTab(1),
  },
  'previous-tab': {
    says: 'previous tab',
    keys: [
      ['shift-tab h left', 'flow', 'export'],
      ['<', 'connection'],
    ],
    reduce: turnTab(-1),
  },
  toggle: {
    says: 'fold or unfold',
    keys: [
      ['enter space', 'message'],
      ['space', 'hosts'],
      ['enter', 'flow'],
    ],
    hints: { flow: [2, 'fold'], message: [1, 'fold'], hosts: [2, 'fold'] },
    reduce: refold('toggle'),
  },
  fold: { says: 'fold, or to the parent', keys: [['h left', 'message', 'hosts']], reduce: refold('fold') },
  unfold: { says: 'unfold, or to the first child', keys: [['l right', 'message', 'hosts']], reduce: refold('unfold') },
} as const satisfies Table

/** What can be done with the flow, the connection or the host that a screen is about. */
const deeds = {
  mark: { says: 'mark the flow', keys: [['m', 'list']], reduce: marked, effect: turnMark },
  'edit-comment': { says: 'a comment on the flow', keys: [[';', 'list', 'flow']], reduce: editComment },
  comment: { says: 'the comment at once: comment TEXT', keys: [], for: ['list', 'flow'], effect: comment },
  diff: {
    says: 'beside the marked flow or connection',
    keys: [['D', 'list', 'flow', 'connection']],
    reduce: diffWithMark,
  },
  'pass-through': {
    says: 'pass this host through, or no longer',
    live: true,
    keys: [['P', 'list', 'flow', 'connection']],
    effect: passThrough,
  },
  'passed-through': {
    says: 'the hosts that are passed through',
    live: true,
    keys: [['p', 'list', 'connection']],
    reduce: enterPassed,
  },
  'keep-passing': {
    says: 'keep them in the config file',
    live: true,
    keys: [['w', 'passed']],
    for: ['list', 'connection', 'passed'],
    hints: { passed: [2, 'keep in the config file'] },
    effect: keepPassThrough,
  },
  export: {
    says: 'export to a file …',
    keys: [['x', 'list', 'flow']],
    hints: { list: [61, 'export'], flow: [61, 'export'] },
    reduce: chooseExport,
  },
  copy: {
    says: 'copy …',
    keys: [['y', 'list', 'flow']],
    hints: { list: [60, 'copy'], flow: [60, 'copy'] },
    reduce: state => ({ ...state, copying: true }),
  },
} as const satisfies Table

/** To look for something, to ask, and to leave. */
const questions = {
  search: {
    says: 'search, in the other tabs as well',
    keys: [['/']],
    hints: { any: [50, 'search'], connection: [50, () => undefined] },
    reduce: search,
  },
  'search-next': { says: 'next match', keys: [['n']], reduce: searchOn(1) },
  'search-previous': { says: 'previous match', keys: [['N']], reduce: searchOn(-1) },
  command: {
    says: 'a command by its name',
    keys: [[':']],
    reduce: state => ({ ...state, prompt: promptFor('command') }),
  },
  help: {
    says: 'this help',
    keys: [['? f1', '!help']],
    hints: { any: [90, 'help'] },
    reduce: (state, world): State =>
      enterHelp(state, { context: contextOf(state), ...kindOf(screenOf(state)), live: isLive(world) }, keymap),
  },
  log: { says: 'event log', keys: [['E', '!log', '!rules']], reduce: enterLog },
  stop: { says: 'to the shell; fg comes back', keys: [['ctrl-z'], ['ctrl-z', 'copy']], effect: stop },
  address: {
    says: 'where Parley’s own site is',
    live: true,
    keys: [['Q', '!address']],
    reduce: enterAddress,
  },
  quit: { says: 'quit', keys: [['ctrl-c'], ['ctrl-c', 'copy']], reduce: state => ({ ...state, done: true }) },
} as const satisfies Table

/** The one table of commands: help, hints, completion, the configuration's keys and the README's come from it. */
const entries = { ...ways, ...own, ...deeds, ...requests, ...holding, ...copies, ...questions }

export type CommandName = keyof typeof entries

export const commandNamed = (name: CommandName): Entry => entries[name]

export const keymap = new Keymap<CommandName>(entries, [...Object.keys(screens), 'copy'])

/** The commands of a row of hints with their words, in their order. */
export function hintsFor(row: string, screen: AnyScreen, world: World): readonly (readonly [CommandName, string])[] {
  const hinted = keymap.commands.flatMap(({ name, live }) => {
    if (live && !isLive(world)) return []
    const hints: Readonly<Record<string, Hint>> = commandNamed(name).hints ?? {}
    const any = keymap.keysOf(name, row).length > 0 ? hints.any : undefined
    const [place, word] = hints[row] ?? any ?? []
    const says = typeof word === 'function' ? word(screen) : word
    return place === undefined || says === undefined ? [] : [{ place, name, says }]
  })
  return hinted.toSorted((a, b) => a.place - b.place).map(({ name, says }) => [name, says])
}
