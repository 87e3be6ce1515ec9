import { operators } from '../../filter/operators.ts'
import { pad } from '../../view/width.ts'
import type { Keymap } from '../keymap.ts'
import { type Context, showKey } from '../keys.ts'
import { blank, type Line, line, span } from '../line.ts'
import type { HelpScreen } from '../state/state.ts'

const names: Readonly<Record<Context, string>> = {
  list: 'the list of flows',
  flow: 'a flow',
  connection: 'a connection',
  message: 'a handshake message or frame',
  diff: 'two beside each other',
  hosts: 'the tree of hosts',
  help: 'this help',
  log: 'the event log',
  copy: 'the copy menu',
}

const marks: readonly (readonly [string, string])[] = [
  ['=', 'both legs say the same'],
  ['≠', 'they differ'],
  ['~', 'Parley could not say it as the client did'],
  ['!', 'they differ, and it matters'],
  ['·', 'it was encrypted, and Parley has not the keys'],
]

/** The help for a screen, opened at its start. */
export const helpAbout = (about: Context, keymap: Keymap<string>): HelpScreen => ({
  kind: 'help',
  about,
  lines: helpLines(about, keymap),
  top: 0,
})

/** Every key that holds on a screen, from the keymap; for the list the filter language as well. */
export function helpLines(about: Context, keymap: Keymap<string>): readonly Line[] {
  const words = Math.max(...keymap.commands.map(({ says }) => says.length))
  const rows = (commands: Keymap<string>['commands']) =>
    commands.map(({ name, says }) => commandLine(shownKeys(name, about, keymap), pad(says, words), name))
  const here = keymap.commands.filter(command => command.for.includes(about))
  const own = here.filter(command => command.for.length < 4)
  const shared = here.filter(command => command.for.length >= 4)
  return [
    heading(`Keys for ${names[about]}`),
    ...rows(own),
    blank,
    heading('Everywhere'),
    ...rows(shared),
    ...(about === 'list' ? [blank, heading('Filters'), ...filterLines()] : []),
    ...(about === 'connection' || about === 'list'
      ? [blank, heading('Marks'), ...marks.map(([mark, says]) => line(`  ${pad(mark, 18)}`, says))]
      : []),
  ]
}

const heading = (text: string): Line => line(span(` ${text}`, 'bold'))

/** `y u` for what the copy menu has under `u`. */
function shownKeys(name: string, about: Context, keymap: Keymap<string>): string {
  const own = keymap.keysOf(name, about).map(showKey)
  const [inMenu] = own.length > 0 || about === 'copy' ? [] : keymap.keysOf(name, 'copy')
  return inMenu === undefined ? own.join(' ') : `${showKey(keymap.keysOf('copy', about)[0] ?? '')} ${showKey(inMenu)}`
}

const commandLine = (keys: string, says: string, name: string): Line =>
  line(span(`  ${pad(keys, 18)}`, 'key'), says, span(` :${name}`, 'dim'))

const filterLines = (): readonly Line[] => [
  ...operators.map(({ name, help, kind }) => {
    const operand = kind === 'flag' ? '' : kind === 'range' ? ' RANGE' : ' REGEX'
    return line(span(`  ${pad(`~${name}${operand}`, 18)}`, 'key'), help)
  }),
  line(span(`  ${pad('word', 18)}`, 'key'), 'URL'),
  line(span(`  ${pad('! & | ( )', 18)}`, 'key'), 'not, and, or; two terms side by side must both hold'),
]
