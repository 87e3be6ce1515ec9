/** What Ink tells of a key, as far as it matters here. */
export interface InkKey {
  readonly upArrow?: boolean
  readonly downArrow?: boolean
  readonly leftArrow?: boolean
  readonly rightArrow?: boolean
  readonly pageDown?: boolean
  readonly pageUp?: boolean
  readonly home?: boolean
  readonly end?: boolean
  readonly return?: boolean
  readonly escape?: boolean
  readonly ctrl?: boolean
  readonly shift?: boolean
  readonly tab?: boolean
  readonly backspace?: boolean
  readonly delete?: boolean
  readonly meta?: boolean
  readonly eventType?: 'press' | 'repeat' | 'release'
}

const named: readonly (readonly [keyof InkKey, string])[] = [
  ['upArrow', 'up'],
  ['downArrow', 'down'],
  ['leftArrow', 'left'],
  ['rightArrow', 'right'],
  ['pageDown', 'pagedown'],
  ['pageUp', 'pageup'],
  ['home', 'home'],
  ['end', 'end'],
  ['return', 'enter'],
  ['escape', 'esc'],
  ['backspace', 'backspace'],
  ['delete', 'delete'],
]

/** The names of the keys that an event of Ink stands for: several where keys were typed faster than they were read. */
export function keyNames(input: string, key: InkKey): string[] {
  if (key.eventType === 'release') return []
  if (key.tab) return [key.shift ? 'shift-tab' : 'tab']
  const name = named.find(([flag]) => key[flag])?.[1]
  if (name) return [name]
  if (key.ctrl) return input === '' ? [] : [`ctrl-${input.toLowerCase()}`]
  if (key.meta) return [`alt-${input}`]
  return [...input].map(nameOf)
}

const characters: Readonly<Record<string, string>> = {
  ' ': 'space',
  '\r': 'enter',
  '\n': 'enter',
  '\t': 'tab',
  '\x1b': 'esc',
  '\x7f': 'backspace',
  '\b': 'backspace',
}

/** Several keys read at once come as one text, its control characters still to be named. */
function nameOf(character: string): string {
  const name = characters[character]
  if (name) return name
  const code = character.codePointAt(0)!
  return code > 0 && code <= 26 ? `ctrl-${String.fromCharCode(code + 96)}` : character
}

/** The character that a key types, if it types one. */
export const typedBy = (key: string): string | undefined =>
  key === 'space' ? ' ' : [...key].length === 1 ? key : undefined

const shown: Readonly<Record<string, string>> = {
  up: '↑',
  down: '↓',
  left: '←',
  right: '→',
  enter: '⏎',
  pagedown: 'pgdn',
  pageup: 'pgup',
}

export const showKey = (key: string): string => shown[key] ?? key

/** F1 as xterm, vt220 and the Linux console send it. */
const f1: ReadonlySet<string> = new Set(['\x1bOP', '\x1b[P', '\x1b[11~', '\x1b[[A'])

/** The name of a function key that has one here, by what the terminal sends for it. */
export const functionKey = (sequence: string): string | undefined => (f1.has(sequence) ? 'f1' : undefined)
