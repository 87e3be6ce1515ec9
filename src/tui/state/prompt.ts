/** A line being typed at the foot of the screen. */
export interface Prompt {
  readonly kind: 'filter' | 'search' | 'command' | 'breakpoint' | 'value'
  readonly text: string
  /** Before which UTF-16 unit of the text the next character goes. */
  readonly cursor: number
  /** What to go back to. */
  readonly before: string
  /** What stands before the text. */
  readonly sign: string
  /** The command that gets the text as its argument, which may act on the world. */
  readonly then?: string
}

const signs = { filter: ' filter: ', search: ' /', command: ' :' } as const

export const promptFor = (kind: keyof typeof signs, text = ''): Prompt => ({
  kind,
  text,
  cursor: text.length,
  before: text,
  sign: signs[kind],
})

/** Asks for a value that a command needs, or for the filter of a breakpoint. */
export const askingFor = (
  sign: string,
  text: string,
  then: string,
  kind: 'value' | 'breakpoint' = 'value',
): Prompt => ({
  kind,
  text,
  cursor: text.length,
  before: text,
  sign: ` ${sign}: `,
  then,
})

/** The prompt after an editing key; undefined where the key edits nothing. */
export function editPrompt(prompt: Prompt, key: string): Prompt | undefined {
  const { text, cursor } = prompt
  const at = (next: number): Prompt => ({ ...prompt, cursor: Math.max(0, Math.min(text.length, next)) })
  const cutTo = (start: number, end = cursor): Prompt => ({
    ...prompt,
    text: text.slice(0, start) + text.slice(end),
    cursor: start,
  })
  switch (key) {
    case 'left':
    case 'ctrl-b':
      return at(cursor - lastCharacter(text.slice(0, cursor)))
    case 'right':
    case 'ctrl-f':
      return at(cursor + firstCharacter(text.slice(cursor)))
    case 'home':
    case 'ctrl-a':
      return at(0)
    case 'end':
    case 'ctrl-e':
      return at(text.length)
    case 'backspace':
      return cutTo(cursor - lastCharacter(text.slice(0, cursor)))
    case 'delete':
      return cutTo(cursor, cursor + firstCharacter(text.slice(cursor)))
    case 'ctrl-u':
      return cutTo(0)
    case 'ctrl-w':
      return cutTo(text.slice(0, cursor).replace(/\S+\s*$/, '').length)
    default:
      return undefined
  }
}

/** The prompt with text put in at the cursor; control characters of a paste are left out. */
export function typeInto(prompt: Prompt, typed: string): Prompt {
  const clean = typed.replace(/\p{Cc}/gu, ' ')
  const { text, cursor } = prompt
  return { ...prompt, text: text.slice(0, cursor) + clean + text.slice(cursor), cursor: cursor + clean.length }
}

/** The word that the cursor ends, replaced. */
export function completeWith(prompt: Prompt, word: string): Prompt {
  const before = prompt.text.slice(0, prompt.cursor).replace(/[^\s()]*$/, '') + word
  return { ...prompt, text: before + prompt.text.slice(prompt.cursor), cursor: before.length }
}

const lastCharacter = (text: string): number => [...text].at(-1)?.length ?? 0
const firstCharacter = (text: string): number => [...text][0]?.length ?? 0
