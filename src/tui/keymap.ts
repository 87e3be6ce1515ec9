/** Where keys are read: one for each screen, and the copy menu. */
export const contexts = ['list', 'flow', 'connection', 'message', 'diff', 'hosts', 'help', 'log', 'copy'] as const
export type Context = (typeof contexts)[number]

interface Entry {
  /** For the help and the command line. */
  readonly says: string
  /** Keys and where they hold; everywhere but in the copy menu where no context is named. */
  readonly keys: readonly (readonly [keys: string, ...where: Context[]])[]
  /** Where the command means something; the contexts of its keys where absent. */
  readonly for?: readonly Context[]
}

const everywhere: readonly Context[] = contexts.filter(context => context !== 'copy')

/** The commands of the copy menu can be typed without it. */
const fromMenu: readonly Context[] = ['copy', 'list', 'flow']

/** Every command with its keys. A key is a character, or a name as in keys.ts; several are separated by blanks. */
const entries = {
  down: { says: 'down', keys: [['j down'], ['j down', 'copy']] },
  up: { says: 'up', keys: [['k up'], ['k up', 'copy']] },
  'page-down': {
    says: 'a page down',
    keys: [['ctrl-f pagedown'], ['space', 'list', 'connection', 'diff', 'help', 'log']],
  },
  'page-up': { says: 'a page up', keys: [['ctrl-b pageup']] },
  'half-down': { says: 'half a page down', keys: [['ctrl-d']] },
  'half-up': { says: 'half a page up', keys: [['ctrl-u']] },
  top: { says: 'to the start', keys: [['g home']] },
  bottom: { says: 'to the end', keys: [['G end']] },
  open: {
    says: 'open what is selected',
    keys: [
      ['enter', 'list', 'connection', 'hosts'],
      ['right l', 'list'],
    ],
  },
  back: { says: 'back; twice from the list: quit', keys: [['q'], ['q', 'copy']] },
  cancel: { says: 'back, but never out', keys: [['esc'], ['esc left h', 'copy']] },

  'open-connection': {
    says: 'its connection: both handshakes',
    keys: [['c', 'list', 'flow']],
  },
  'open-frames': { says: 'the HTTP/2 frames of its stream', keys: [['f', 'flow']] },
  'one-stream': { says: 'the frames of this stream alone, or of all', keys: [['s', 'connection']] },
  filter: { says: 'filter the list: ~d host, ~c 4xx …', keys: [['f', 'list']] },
  'clear-filter': { says: 'show every flow again', keys: [['u', 'list']] },
  follow: { says: 'follow new flows', keys: [['F', 'list']] },
  order: { says: 'the next order; by name: order size', keys: [['o', 'list']] },
  'reverse-order': { says: 'that order the other way round', keys: [['v', 'list']] },
  'hide-host': { says: 'leave this host out of the list', keys: [['-', 'list']] },
  'only-host': { says: 'this host alone', keys: [['+', 'list']] },
  'host-tree': { says: 'hosts and their paths as a tree', keys: [['t', 'list']] },
  waterfall: { says: 'the flows as bars over time', keys: [['w', 'list']] },
  mark: { says: 'mark the flow', keys: [['m', 'list']] },
  'edit-comment': { says: 'a comment on the flow', keys: [[';', 'list', 'flow']] },
  comment: { says: 'the comment at once: comment TEXT', keys: [], for: ['list', 'flow'] },
  'next-mark': { says: 'to the next marked flow', keys: [["'", 'list']] },
  diff: { says: 'beside the marked flow or connection', keys: [['D', 'list', 'flow', 'connection']] },
  'pass-through': { says: 'pass this host through from now on', keys: [['P', 'list', 'connection']] },
  goto: { says: 'to the flow with a number: goto 42', keys: [], for: ['list'] },

  'next-tab': {
    says: 'next tab',
    keys: [
      ['tab l right', 'flow'],
      ['>', 'connection'],
    ],
  },
  'previous-tab': {
    says: 'previous tab',
    keys: [
      ['shift-tab h left', 'flow'],
      ['<', 'connection'],
    ],
  },
  'tab-request': { says: 'request', keys: [['1', 'flow']] },
  'tab-response': { says: 'response', keys: [['2', 'flow']] },
  'tab-summary': { says: 'connection in short', keys: [['3', 'flow']] },
  'tab-timing': { says: 'timing', keys: [['4 t', 'flow']] },
  'next-mode': { says: 'the body in another way', keys: [['m', 'flow']] },
  'view-as': { says: 'the body as you choose: view-as hex', keys: [], for: ['flow'] },
  'fold-all': { says: 'fold or unfold the whole body', keys: [['z', 'flow']] },
  'next-part': { says: 'next part of what is long', keys: [[']', 'flow']] },
  'previous-part': { says: 'the part before it', keys: [['[', 'flow']] },
  'next-flow': { says: 'next flow', keys: [['space J', 'flow']] },
  'previous-flow': { says: 'previous flow', keys: [['p K', 'flow']] },

  'tab-handshake': { says: 'handshakes side by side', keys: [['1 H', 'connection']] },
  'tab-compare': { says: 'comparison and verdict', keys: [['2 c', 'connection']] },
  'tab-keys': { says: 'keys', keys: [['3 K', 'connection']] },
  'tab-records': { says: 'TLS records', keys: [['4 r', 'connection']] },
  'tab-frames': { says: 'HTTP/2 frames', keys: [['5 f', 'connection']] },
  'tab-timeline': { says: 'timeline', keys: [['6 t', 'connection']] },
  'other-leg': { says: 'the other leg', keys: [['tab shift-tab', 'connection']] },
  'client-leg': { says: 'client leg', keys: [['h left', 'connection']] },
  'upstream-leg': { says: 'upstream leg', keys: [['l right', 'connection']] },
  reveal: { says: 'show or mask the secrets', keys: [['x', 'connection']] },

  toggle: {
    says: 'fold or unfold',
    keys: [
      ['enter space', 'message'],
      ['space', 'hosts'],
      ['enter', 'flow'],
    ],
  },
  fold: { says: 'fold, or to the parent', keys: [['h left', 'message', 'hosts']] },
  unfold: { says: 'unfold, or to the first child', keys: [['l right', 'message', 'hosts']] },
  'next-message': { says: 'next message or frame', keys: [['J tab ]', 'message']] },
  'previous-message': { says: 'previous message or frame', keys: [['K shift-tab [', 'message']] },
  'copy-pem': { says: 'copy the certificates as PEM', keys: [['y', 'message']] },
  explain: { says: 'more or less explanation', keys: [['e', 'message']] },

  copy: { says: 'copy …', keys: [['y', 'list', 'flow']] },
  'copy-url': { says: 'copy the URL', keys: [['u y', 'copy']], for: fromMenu },
  'copy-curl': { says: 'copy a curl command', keys: [['c', 'copy']], for: fromMenu },
  'copy-fetch': { says: 'copy a fetch call', keys: [['f', 'copy']], for: fromMenu },
  'copy-python': { says: 'copy Python with requests', keys: [['p', 'copy']], for: fromMenu },
  'copy-httpie': { says: 'copy an HTTPie command', keys: [['t', 'copy']], for: fromMenu },
  'copy-request': { says: 'copy the request as sent', keys: [['r', 'copy']], for: fromMenu },
  'copy-response': { says: 'copy the response as sent', keys: [['s', 'copy']], for: fromMenu },
  'copy-body': { says: 'copy the response body', keys: [['b', 'copy']], for: fromMenu },
  'copy-hex': { says: 'copy the response as a hex dump', keys: [['x', 'copy']], for: fromMenu },
  'copy-host': { says: 'copy the host', keys: [['o', 'copy']], for: fromMenu },

  edit: { says: 'the message in your $EDITOR', keys: [['e', 'flow']] },
  'view-body': { says: 'the body in another program', keys: [['v', 'flow']] },

  search: {
    says: 'search, in the other tabs as well',
    keys: [['/', 'list', 'flow', 'connection', 'message', 'diff', 'hosts', 'help', 'log']],
  },
  'search-next': { says: 'next match', keys: [['n']] },
  'search-previous': { says: 'previous match', keys: [['N']] },
  command: { says: 'a command by its name', keys: [[':']] },
  help: { says: 'this help', keys: [['? f1', 'list', 'flow', 'connection', 'message', 'diff', 'hosts', 'log']] },
  log: { says: 'event log', keys: [['E', 'list', 'flow', 'connection', 'message', 'diff', 'hosts', 'help']] },
  stop: { says: 'to the shell; fg comes back', keys: [['ctrl-z'], ['ctrl-z', 'copy']] },
  quit: { says: 'quit', keys: [['Q ctrl-c'], ['ctrl-c', 'copy']] },
} as const satisfies Record<string, Entry>

export type CommandName = keyof typeof entries

export interface Command {
  readonly name: CommandName
  readonly says: string
  readonly for: readonly Context[]
}

export interface Binding {
  readonly key: string
  readonly context: Context
  readonly command: CommandName
}

export const commands: readonly Command[] = Object.entries(entries as Record<string, Entry>).map(([name, entry]) => ({
  name: name as CommandName,
  says: entry.says,
  for: entry.for ?? [...new Set(entry.keys.flatMap(([, ...where]) => (where.length > 0 ? where : everywhere)))],
}))

const original: readonly Binding[] = Object.entries(entries as Record<string, Entry>).flatMap(([name, { keys }]) =>
  keys.flatMap(([list, ...where]) =>
    list
      .split(' ')
      .flatMap(key =>
        (where.length > 0 ? where : everywhere).map(context => ({ key, context, command: name as CommandName })),
      ),
  ),
)

let byKey: ReadonlyMap<string, Binding> = new Map(original.map(each => [`${each.context} ${each.key}`, each]))

/** Every key where it holds. */
export const bindings = (): readonly Binding[] => [...byKey.values()]

/** Gives keys other commands, for as long as the program runs. */
export function bindKeys(changes: readonly Binding[]): void {
  byKey = new Map([...changes.map(each => [`${each.context} ${each.key}`, each] as const), ...without(changes)])
}

const without = (changes: readonly Binding[]): readonly (readonly [string, Binding])[] =>
  [...byKey].filter(([, { key, context }]) => !changes.some(each => each.key === key && each.context === context))

export const commandFor = (key: string, context: Context): CommandName | undefined =>
  byKey.get(`${context} ${key}`)?.command

/** The keys of a command in a context, the first the one to show. */
export const keysOf = (command: CommandName, context: Context): string[] =>
  bindings()
    .filter(binding => binding.command === command && binding.context === context)
    .map(({ key }) => key)

/** Commands whose names start with what was typed; a name typed in full stands alone. */
export function completions(typed: string, context: Context): Command[] {
  const here = commands.filter(command => command.for.includes(context) && command.name !== 'command')
  const exact = here.filter(({ name }) => name === typed)
  return exact.length > 0 ? exact : here.filter(({ name }) => name.startsWith(typed))
}
