import { isToken } from '../wire/http1/token.ts'
import { RuleError } from './rule-error.ts'
import { splitWords, type Word } from './words.ts'

/**
 * The words of an action, read one after the other. Whatever is not as it should be throws RuleError with the place and with
 * what was expected there.
 */
export class Arguments {
  readonly #text: string
  readonly #words: readonly Word[]
  readonly #folder: string
  readonly #files: string[] = []
  #next = 0

  /** Of the action that begins at `from`. `folder`: where relative paths lead from; empty for the working directory. */
  constructor(text: string, from = 0, folder = '') {
    this.#text = text
    this.#words = splitWords(text, from)
    this.#folder = folder
  }

  /** The next word. */
  word(expected: string): string {
    return (this.#words[this.#next++] ?? this.#fail(this.#next - 1, expected)).text
  }

  /** The next word, or undefined where there is none left. */
  optional(): string | undefined {
    return this.#words[this.#next] && this.#words[this.#next++]!.text
  }

  /** Takes the next word if it is this one. */
  takes(word: string): boolean {
    const found = this.#words[this.#next]?.text === word
    if (found) this.#next++
    return found
  }

  /** One of these words. */
  oneOf<Choice extends string>(choices: readonly Choice[]): Choice {
    const expected = choices.length === 1 ? choices[0]! : `${choices.slice(0, -1).join(', ')} or ${choices.at(-1)}`
    const word = this.word(expected)
    return choices.find(choice => choice === word) ?? this.refuse(expected)
  }

  side(): 'request' | 'response' {
    return this.oneOf(['request', 'response'])
  }

  /** A field's name (RFC 9110 5.1). */
  fieldName(): string {
    const name = this.word("a header's name")
    if (!isToken(name)) this.refuse("a header's name: letters, digits and !#$%&'*+-.^_`|~")
    return name
  }

  /** A field's value, its characters beyond ASCII as bytes of UTF-8 (in latin1). */
  fieldValue(expected = 'a value'): string {
    const value = this.word(expected)
    if (/[\r\n\0]/.test(value)) this.refuse(`${expected} without CR, LF or NUL`)
    return onWire(value)
  }

  /** A whole number in these bounds. */
  number(expected: string, least: number, most: number): number {
    const word = this.word(expected)
    const value = Number(word)
    return /^\d{1,15}$/.test(word) && value >= least && value <= most ? value : this.refuse(expected)
  }

  /** A path, from the folder of the rule file where it is relative. */
  path(expected: string): string {
    return this.pathOf(this.word(expected), expected)
  }

  /** The same of a part of the word that was read last. */
  pathOf(path: string, expected: string): string {
    if (path === '' || path.includes('\0')) this.refuse(expected)
    this.#files.push(path)
    return this.#folder === '' || /^(?:[\\/]|[A-Za-z]:)/.test(path) ? path : `${this.#folder}/${path}`
  }

  /** The paths that were read, as they were written. */
  get files(): readonly string[] {
    return this.#files
  }

  /** Nothing may be left. */
  end(): void {
    if (this.#next < this.#words.length) this.#fail(this.#next, 'the end')
  }

  get left(): number {
    return this.#words.length - this.#next
  }

  /** The word that was read last is not what was expected. */
  refuse(expected: string): never {
    return this.#fail(this.#next - 1, expected)
  }

  #fail(index: number, expected: string): never {
    const word = this.#words[index]
    const found = word ? `"${this.#text.slice(word.start, word.end)}"` : 'the end'
    throw new RuleError(word?.start ?? this.#text.length, expected, found)
  }
}

/** Text as it stands in a head: each byte of its UTF-8 one character. */
export const onWire = (text: string): string =>
  /[^\0-\x7f]/.test(text) ? Buffer.from(text, 'utf8').toString('latin1') : text
