import { operators } from '../../filter/operators.ts'
import { pad } from '../../view/width.ts'
import { type CommandName, type Context, commands, keysOf } from '../keymap.ts'
import { showKey } from '../keys.ts'
import { blank, type Line, line, span } from '../line.ts'

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

/** Every key that holds on a screen, from the keymap; for the list the filter language as well. */
export function helpLines(about: Context): readonly Line[] {
  const here = commands.filter(command => command.for.includes(about))
  const own = here.filter(command => command.for.length < 4)
  const shared = here.filter(command => command.for.length >= 4)
  return [
    heading(`Keys for ${names[about]}`),
    ...own.map(({ name, says }) => commandLine(shownKeys(name, about), says, name)),
    blank,
    heading('Everywhere'),
    ...shared.map(({ name, says }) => commandLine(shownKeys(name, about), says, name)),
    ...(about === 'list' ? [blank, heading('Filters'), ...filterLines()] : []),
    ...(about === 'connection' || about === 'list'
      ? [blank, heading('Marks'), ...marks.map(([mark, says]) => line(`  ${pad(mark, 18)}`, says))]
      : []),
  ]
}

const heading = (text: string): Line => line(span(` ${text}`, 'bold'))

/** `y u` for what the copy menu has under `u`. */
function shownKeys(name: CommandName, about: Context): string {
  const own = keysOf(name, about).map(showKey)
  const [inMenu] = own.length > 0 || about === 'copy' ? [] : keysOf(name, 'copy')
  return inMenu === undefined ? own.join(' ') : `${showKey(keysOf('copy', about)[0] ?? '')} ${showKey(inMenu)}`
}

const commandLine = (keys: string, says: string, name: string): Line =>
  line(span(`  ${pad(keys, 18)}`, 'key'), pad(says, wordsColumns), span(` :${name}`, 'dim'))

const wordsColumns = Math.max(...commands.map(({ says }) => says.length))

const filterLines = (): readonly Line[] => [
  ...operators.map(({ name, help, kind }) => {
    const operand = kind === 'flag' ? '' : kind === 'range' ? ' RANGE' : ' REGEX'
    return line(span(`  ${pad(`~${name}${operand}`, 18)}`, 'key'), help)
  }),
  line(span(`  ${pad('word', 18)}`, 'key'), 'URL'),
  line(span(`  ${pad('! & | ( )', 18)}`, 'key'), 'not, and, or; two terms side by side must both hold'),
]
