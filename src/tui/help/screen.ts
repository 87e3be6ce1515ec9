import { operators } from '../../filter/operators.ts'
import { actedSigns } from '../../view/acts.ts'
import { pad } from '../../view/width.ts'
import type { Keymap } from '../keymap.ts'
import { showKey } from '../keys.ts'
import { blank, type Line, line, span } from '../line.ts'
import { titleBar } from '../shell/title.ts'
import { type Scrolled, textScreen } from '../state/scrolled.ts'
import { push, type State } from '../state/state.ts'

export interface HelpScreen extends Scrolled {
  readonly kind: 'help'
  /** Written when the help is entered: it tells of the commands, which no screen knows. */
  readonly lines: readonly Line[]
}

/** The keys of the screen below. */
export const helpScreen = textScreen<HelpScreen>(
  'this help',
  (_screen, world) => [titleBar(line(span(' Help', 'bold')), world), []],
  ({ lines }) => lines,
)

/** What the help is about: where keys are read, and what to call it. */
interface About {
  readonly context: string
  readonly name: string
  readonly legend?: readonly Line[]
  /** Whether a proxy runs. */
  readonly live: boolean
}

/** The help for a screen, at its start. */
export const enterHelp = (state: State, about: About, keymap: Keymap<string>): State =>
  push<HelpScreen>(state, { kind: 'help', lines: helpLines(about, keymap), top: 0 })

/** Every key that holds on a screen, from the keymap, and what else its signs mean. */
export function helpLines({ context, name: title, legend = [], live }: About, keymap: Keymap<string>): readonly Line[] {
  const words = Math.max(...keymap.commands.map(({ says }) => says.length))
  const rows = (commands: Keymap<string>['commands']) =>
    commands.map(({ name, says }) => commandLine(shownKeys(name, context, keymap), pad(says, words), name))
  const here = keymap.offered(context, live)
  const isShared = ({ for: places }: { readonly for: readonly string[] }) => places.length * 2 > keymap.contexts.length
  const [own, shared] = [here.filter(command => !isShared(command)), here.filter(isShared)]
  return [heading(`Keys for ${title}`), ...rows(own), blank, heading('Everywhere'), ...rows(shared), ...legend]
}

function heading(text: string): Line {
  return line(span(` ${text}`, 'bold'))
}

/** `y u` for what the copy menu has under `u`. */
function shownKeys(name: string, context: string, keymap: Keymap<string>): string {
  const own = keymap.keysOf(name, context).map(showKey)
  const [inMenu] = own.length > 0 || context === 'copy' ? [] : keymap.keysOf(name, 'copy')
  return inMenu === undefined ? own.join(' ') : `${showKey(keymap.keysOf('copy', context)[0] ?? '')} ${showKey(inMenu)}`
}

const commandLine = (keys: string, says: string, name: string): Line =>
  line(span(`  ${pad(keys, 18)}`, 'key'), says, span(` :${name}`, 'dim'))

function signLine([sign, says]: readonly [string, string]): Line {
  return line(`  ${pad(sign, 18)}`, says)
}

/** The filter language. */
export const filterLegend: readonly Line[] = [
  blank,
  heading('Filters'),
  ...operators.map(({ name, help, kind }) => {
    const operand = kind === 'flag' ? '' : kind === 'range' ? ' RANGE' : ' REGEX'
    return line(span(`  ${pad(`~${name}${operand}`, 18)}`, 'key'), help)
  }),
  line(span(`  ${pad('word', 18)}`, 'key'), 'URL'),
  line(span(`  ${pad('! & | ( )', 18)}`, 'key'), 'not, and, or; two terms side by side must both hold'),
]

const signs: readonly (readonly [string, string])[] = [
  ['✗', 'failed: the cause stands in the row, and at the foot with what to do'],
  ['⊘', 'cancelled by its client, which is no failure'],
  [
    `${actedSigns.changed}  ${actedSigns.answered}`,
    'changed on its way, or answered by Parley, because a rule or a person wanted that',
  ],
  ['•  ;', 'marked; with a comment'],
  ['…', 'under way'],
]

/** What stands in the rows of the list. */
export const signLegend: readonly Line[] = [blank, heading('Signs'), ...signs.map(signLine)]

const marks: readonly (readonly [string, string])[] = [
  ['=', 'both legs say the same'],
  ['≠', 'they differ'],
  ['~', 'Parley could not say it as the client did'],
  ['!', 'they differ, and it matters'],
  ['·', 'it was encrypted, and Parley has not the keys'],
]

/** What stands between two legs. */
export const markLegend: readonly Line[] = [blank, heading('Marks'), ...marks.map(signLine)]
