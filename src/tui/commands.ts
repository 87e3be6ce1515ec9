import { goToLeg, showConnectionTab, turnSecrets, turnStreams } from './connection/commands.ts'
import {
  comment,
  copyHost,
  copyingAs,
  copyPem,
  type Effect,
  editMessage,
  passThrough,
  stop,
  turnMark,
  viewBody,
} from './effects.ts'
import { nextView, openItsFrames, refoldAll, showFlowTab, turnFlow, turnPart, viewAs } from './flow/commands.ts'
import { turnExplanation, turnMessage } from './handshake-message/commands.ts'
import { helpAbout } from './help/lines.ts'
import { type Declared, Keymap } from './keymap.ts'
import type { Context } from './keys.ts'
import { clearFilter, filterList, hideHost, onlyHost, showHosts } from './list/filter.ts'
import { editComment, goToFlow, marked, nextMark } from './list/marks.ts'
import { order, reverseOrder } from './list/order.ts'
import { turnFollow } from './list/state.ts'
import { search, searchOn } from './state/find.ts'
import { refold } from './state/folding.ts'
import { halfPage, moves, page } from './state/move.ts'
import { back, cancel, open, openDiff, openItsConnection, openLog, turnTab } from './state/navigate.ts'
import { openPrompt } from './state/prompt.ts'
import { type AnyScreen, type ConnectionTab, push, type State, type Step, screenOf } from './state/state.ts'

/** The row of hints of a screen or of the copy menu, and the row above the menu's. */
export type HintRow = Context | 'copy-whole'

/** Its place among the hints, and what it says there; nothing on a screen where the word is undefined. */
type Hint = readonly [place: number, word: string | ((screen: AnyScreen) => string | undefined)]

/** A command is declared here and nowhere else. One that acts on the world as well has its effect first. */
export interface Entry extends Declared {
  readonly hints?: { readonly [row in HintRow]?: Hint }
  readonly reduce?: Step
  readonly effect?: Effect
}

/** The commands of the copy menu can be typed without it. */
const fromMenu: readonly Context[] = ['copy', 'list', 'flow']

const onTabs =
  (word: string, ...tabs: readonly ConnectionTab[]) =>
  (screen: AnyScreen): string | undefined =>
    screen.kind === 'connection' && tabs.includes(screen.tab) ? word : undefined

const secretsHint = (screen: AnyScreen): string | undefined => {
  if (screen.kind !== 'connection' || screen.tab !== 'keys') return undefined
  return screen.revealed ? 'mask secrets' : 'show secrets'
}

/** Every command with its keys. A key is a character, or a name as in keys.ts; several are separated by blanks. */
const entries = {
  down: {
    says: 'down',
    keys: [['j down'], ['j down', 'copy']],
    hints: { diff: [1, 'scroll'], help: [1, 'scroll'], log: [1, 'scroll'] },
    reduce: moves(() => 1),
  },
  up: { says: 'up', keys: [['k up'], ['k up', 'copy']], reduce: moves(() => -1) },
  'page-down': {
    says: 'a page down',
    keys: [['ctrl-f pagedown'], ['space', 'list', 'connection', 'diff', 'help', 'log']],
    reduce: moves(page),
  },
  'page-up': { says: 'a page up', keys: [['ctrl-b pageup']], reduce: moves(rows => -page(rows)) },
  'half-down': { says: 'half a page down', keys: [['ctrl-d']], reduce: moves(halfPage) },
  'half-up': { says: 'half a page up', keys: [['ctrl-u']], reduce: moves(rows => -halfPage(rows)) },
  top: { says: 'to the start', keys: [['g home']], reduce: moves(() => Number.NEGATIVE_INFINITY) },
  bottom: { says: 'to the end', keys: [['G end']], reduce: moves(() => Number.POSITIVE_INFINITY) },
  open: {
    says: 'open what is selected',
    keys: [
      ['enter', 'list', 'connection', 'hosts'],
      ['right l', 'list'],
    ],
    hints: { list: [1, 'open'], connection: [2, onTabs('open', 'handshake', 'frames')], hosts: [1, 'its flows'] },
    reduce: open,
  },
  back: {
    says: 'back; twice from the list: quit',
    keys: [['q'], ['q', 'copy']],
    hints: {
      list: [99, 'quit'],
      flow: [99, 'back'],
      connection: [99, 'back'],
      message: [99, 'back'],
      hosts: [99, 'back'],
      diff: [99, 'back'],
      help: [99, 'back'],
      log: [99, 'back'],
      copy: [99, 'cancel'],
    },
    reduce: back,
  },
  cancel: { says: 'back, but never out', keys: [['esc'], ['esc left h', 'copy']], reduce: cancel },

  'open-connection': {
    says: 'its connection: both handshakes',
    keys: [['c', 'list', 'flow']],
    hints: { list: [2, 'connection'], flow: [6, 'connection'] },
    reduce: openItsConnection,
  },
  'open-frames': { says: 'the HTTP/2 frames of its stream', keys: [['f', 'flow']], reduce: openItsFrames },
  'one-stream': {
    says: 'the frames of this stream alone, or of all',
    keys: [['s', 'connection']],
    hints: { connection: [3, onTabs('one stream', 'frames')] },
    reduce: turnStreams,
  },
  filter: {
    says: 'filter the list: ~d host, ~c 4xx …',
    keys: [['f', 'list']],
    hints: { list: [3, 'filter'] },
    reduce: filterList,
  },
  'clear-filter': { says: 'show every flow again', keys: [['u', 'list']], reduce: clearFilter },
  follow: { says: 'follow new flows', keys: [['F', 'list']], hints: { list: [4, 'follow'] }, reduce: turnFollow },
  order: { says: 'the next order; by name: order size', keys: [['o', 'list']], reduce: order },
  'reverse-order': { says: 'that order the other way round', keys: [['v', 'list']], reduce: reverseOrder },
  'hide-host': { says: 'leave this host out of the list', keys: [['-', 'list']], reduce: hideHost },
  'only-host': { says: 'this host alone', keys: [['+', 'list']], reduce: onlyHost },
  'host-tree': { says: 'hosts and their paths as a tree', keys: [['t', 'list']], reduce: showHosts },
  waterfall: {
    says: 'the flows as bars over time',
    keys: [['w', 'list']],
    reduce: state => ({ ...state, waterfall: !state.waterfall }),
  },
  mark: { says: 'mark the flow', keys: [['m', 'list']], reduce: marked, effect: turnMark },
  'edit-comment': { says: 'a comment on the flow', keys: [[';', 'list', 'flow']], reduce: editComment },
  comment: { says: 'the comment at once: comment TEXT', keys: [], for: ['list', 'flow'], effect: comment },
  'next-mark': { says: 'to the next marked flow', keys: [["'", 'list']], reduce: nextMark },
  diff: { says: 'beside the marked flow or connection', keys: [['D', 'list', 'flow', 'connection']], reduce: openDiff },
  'pass-through': {
    says: 'pass this host through from now on',
    keys: [['P', 'list', 'connection']],
    effect: passThrough,
  },
  goto: { says: 'to the flow with a number: goto 42', keys: [], for: ['list'], reduce: goToFlow },

  'next-tab': {
    says: 'next tab',
    keys: [
      ['tab l right', 'flow'],
      ['>', 'connection'],
    ],
    hints: { flow: [1, 'next tab'] },
    reduce: turnTab(1),
  },
  'previous-tab': {
    says: 'previous tab',
    keys: [
      ['shift-tab h left', 'flow'],
      ['<', 'connection'],
    ],
    reduce: turnTab(-1),
  },
  'tab-request': { says: 'request', keys: [['1', 'flow']], reduce: showFlowTab('request') },
  'tab-response': { says: 'response', keys: [['2', 'flow']], reduce: showFlowTab('response') },
  'tab-summary': { says: 'connection in short', keys: [['3', 'flow']], reduce: showFlowTab('summary') },
  'tab-timing': { says: 'timing', keys: [['4 t', 'flow']], reduce: showFlowTab('timing') },
  'next-mode': {
    says: 'the body in another way',
    keys: [['m', 'flow']],
    hints: { flow: [3, 'view'] },
    reduce: nextView,
  },
  'view-as': { says: 'the body as you choose: view-as hex', keys: [], for: ['flow'], reduce: viewAs },
  'fold-all': { says: 'fold or unfold the whole body', keys: [['z', 'flow']], reduce: refoldAll },
  'next-part': { says: 'next part of what is long', keys: [[']', 'flow']], reduce: turnPart(1) },
  'previous-part': { says: 'the part before it', keys: [['[', 'flow']], reduce: turnPart(-1) },
  'next-flow': { says: 'next flow', keys: [['space J', 'flow']], hints: { flow: [4, 'next'] }, reduce: turnFlow(1) },
  'previous-flow': {
    says: 'previous flow',
    keys: [['p K', 'flow']],
    hints: { flow: [5, 'previous'] },
    reduce: turnFlow(-1),
  },

  'tab-handshake': {
    says: 'handshakes side by side',
    keys: [['1 H', 'connection']],
    reduce: showConnectionTab('handshake'),
  },
  'tab-compare': {
    says: 'comparison and verdict',
    keys: [['2 c', 'connection']],
    hints: { connection: [5, 'compare'] },
    reduce: showConnectionTab('compare'),
  },
  'tab-keys': {
    says: 'keys',
    keys: [['3 K', 'connection']],
    hints: { connection: [6, 'keys'] },
    reduce: showConnectionTab('keys'),
  },
  'tab-records': {
    says: 'TLS records',
    keys: [['4 r', 'connection']],
    hints: { connection: [7, 'records'] },
    reduce: showConnectionTab('records'),
  },
  'tab-frames': {
    says: 'HTTP/2 frames',
    keys: [['5 f', 'connection']],
    hints: { connection: [8, 'frames'] },
    reduce: showConnectionTab('frames'),
  },
  'tab-timeline': {
    says: 'timeline',
    keys: [['6 t', 'connection']],
    hints: { connection: [9, 'timeline'] },
    reduce: showConnectionTab('timeline'),
  },
  'other-leg': {
    says: 'the other leg',
    keys: [['tab shift-tab', 'connection']],
    hints: { connection: [4, onTabs('other leg', 'handshake')] },
    reduce: goToLeg('other'),
  },
  'client-leg': { says: 'client leg', keys: [['h left', 'connection']], reduce: goToLeg('client') },
  'upstream-leg': { says: 'upstream leg', keys: [['l right', 'connection']], reduce: goToLeg('upstream') },
  reveal: {
    says: 'show or mask the secrets',
    keys: [['x', 'connection']],
    hints: { connection: [1, secretsHint] },
    reduce: turnSecrets,
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
  'next-message': {
    says: 'next message or frame',
    keys: [['J tab ]', 'message']],
    hints: { message: [2, 'next'] },
    reduce: turnMessage(1),
  },
  'previous-message': {
    says: 'previous message or frame',
    keys: [['K shift-tab [', 'message']],
    reduce: turnMessage(-1),
  },
  'copy-pem': { says: 'copy the certificates as PEM', keys: [['y', 'message']], effect: copyPem },
  explain: {
    says: 'more or less explanation',
    keys: [['e', 'message']],
    hints: { message: [3, 'explain'] },
    reduce: turnExplanation,
  },

  copy: {
    says: 'copy …',
    keys: [['y', 'list', 'flow']],
    hints: { list: [60, 'copy'], flow: [60, 'copy'] },
    reduce: state => ({ ...state, copying: true }),
  },
  'copy-url': {
    says: 'copy the URL',
    keys: [['u y', 'copy']],
    for: fromMenu,
    hints: { copy: [1, 'URL'] },
    effect: copyingAs('url'),
  },
  'copy-curl': {
    says: 'copy a curl command',
    keys: [['c', 'copy']],
    for: fromMenu,
    hints: { copy: [2, 'curl'] },
    effect: copyingAs('curl'),
  },
  'copy-fetch': {
    says: 'copy a fetch call',
    keys: [['f', 'copy']],
    for: fromMenu,
    hints: { copy: [3, 'fetch'] },
    effect: copyingAs('fetch'),
  },
  'copy-python': {
    says: 'copy Python with requests',
    keys: [['p', 'copy']],
    for: fromMenu,
    hints: { copy: [4, 'Python'] },
    effect: copyingAs('python'),
  },
  'copy-httpie': {
    says: 'copy an HTTPie command',
    keys: [['t', 'copy']],
    for: fromMenu,
    hints: { copy: [5, 'HTTPie'] },
    effect: copyingAs('httpie'),
  },
  'copy-request': {
    says: 'copy the request as sent',
    keys: [['r', 'copy']],
    for: fromMenu,
    hints: { 'copy-whole': [1, 'request'] },
    effect: copyingAs('raw-request'),
  },
  'copy-response': {
    says: 'copy the response as sent',
    keys: [['s', 'copy']],
    for: fromMenu,
    hints: { 'copy-whole': [2, 'response'] },
    effect: copyingAs('raw-response'),
  },
  'copy-body': {
    says: 'copy the response body',
    keys: [['b', 'copy']],
    for: fromMenu,
    hints: { 'copy-whole': [3, 'response body'] },
    effect: copyingAs('response-body'),
  },
  'copy-hex': {
    says: 'copy the response as a hex dump',
    keys: [['x', 'copy']],
    for: fromMenu,
    hints: { 'copy-whole': [4, 'hex dump'] },
    effect: copyingAs('hex-response'),
  },
  'copy-host': {
    says: 'copy the host',
    keys: [['o', 'copy']],
    for: fromMenu,
    hints: { copy: [6, 'host'] },
    effect: copyHost,
  },

  edit: { says: 'the message in your $EDITOR', keys: [['e', 'flow']], effect: editMessage },
  'view-body': { says: 'the body in another program', keys: [['v', 'flow']], effect: viewBody },

  search: {
    says: 'search, in the other tabs as well',
    keys: [['/', 'list', 'flow', 'connection', 'message', 'diff', 'hosts', 'help', 'log']],
    hints: {
      list: [50, 'search'],
      flow: [50, 'search'],
      message: [50, 'search'],
      hosts: [50, 'search'],
      diff: [50, 'search'],
      help: [50, 'search'],
      log: [50, 'search'],
    },
    reduce: search,
  },
  'search-next': { says: 'next match', keys: [['n']], reduce: searchOn(1) },
  'search-previous': { says: 'previous match', keys: [['N']], reduce: searchOn(-1) },
  command: {
    says: 'a command by its name',
    keys: [[':']],
    reduce: state => ({ ...state, prompt: openPrompt('command') }),
  },
  help: {
    says: 'this help',
    keys: [['? f1', 'list', 'flow', 'connection', 'message', 'diff', 'hosts', 'log']],
    hints: {
      list: [90, 'help'],
      flow: [90, 'help'],
      connection: [90, 'help'],
      message: [90, 'help'],
      hosts: [90, 'help'],
      diff: [90, 'help'],
      log: [90, 'help'],
    },
    reduce: (state): State => push(state, helpAbout(screenOf(state).kind, keymap)),
  },
  log: {
    says: 'event log',
    keys: [['E', 'list', 'flow', 'connection', 'message', 'diff', 'hosts', 'help']],
    reduce: openLog,
  },
  stop: { says: 'to the shell; fg comes back', keys: [['ctrl-z'], ['ctrl-z', 'copy']], effect: stop },
  quit: { says: 'quit', keys: [['Q ctrl-c'], ['ctrl-c', 'copy']], reduce: state => ({ ...state, done: true }) },
} as const satisfies Record<string, Entry>

export type CommandName = keyof typeof entries

export const commandNamed = (name: CommandName): Entry => entries[name]

export const keymap: Keymap<CommandName> = new Keymap<CommandName>(entries)

/** The commands of a row of hints with their words, in their order. */
export function hintsFor(row: HintRow, screen: AnyScreen): readonly (readonly [CommandName, string])[] {
  const hinted = keymap.commands.flatMap(({ name }) => {
    const [place, word] = commandNamed(name).hints?.[row] ?? []
    const says = typeof word === 'function' ? word(screen) : word
    return place === undefined || says === undefined ? [] : [{ place, name, says }]
  })
  return hinted.toSorted((a, b) => a.place - b.place).map(({ name, says }) => [name, says])
}
