import { type JsonToken, jsonTokens } from '../../formats/json-tokens.ts'
import type { BodySpan, Outline, SpanTone } from './outline.ts'

/** Where JSON stops being JSON. */
export interface JsonStop {
  /** Offset in the text from which nothing was laid out. */
  readonly at: number
  /** What was wrong there, in words. */
  readonly problem: string
}

type Expected = 'value' | 'value or ]' | 'name' | 'name or }' | ':' | ', or ]' | ', or }' | 'end'

interface Container {
  readonly brackets: '{}' | '[]'
  readonly path: string | undefined
  name: string | undefined
  count: number
}

const longestPath = 300
const deepest = 5000
const tones: Readonly<Record<string, SpanTone>> = { string: 'string', number: 'number', word: 'word' }

/**
 * Lays JSON out with a line for every member. It changes white space alone: numbers, escapes, duplicate names and order
 * stay as written, which parsing and writing again would not keep.
 * @returns where the text breaks the grammar or ends early; undefined where it is one whole JSON value
 */
export function layOutJson(text: string, outline: Outline, prefix: readonly BodySpan[] = []): JsonStop | undefined {
  const layout = new JsonLayout(text, outline, prefix)
  for (const token of jsonTokens(text)) {
    const problem = layout.take(token)
    if (problem !== undefined) {
      layout.abandon()
      return { at: token.start, problem }
    }
  }
  const unfinished = layout.expected !== 'end'
  layout.abandon()
  return unfinished ? { at: text.length, problem: `ends where ${layout.expected} is expected` } : undefined
}

class JsonLayout {
  expected: Expected = 'value'
  readonly #text: string
  readonly #outline: Outline
  readonly #stack: Container[] = []
  /** What stands before the value on its line: its name, or what the caller wants there. */
  #lead: readonly BodySpan[]
  /** An opening bracket whose line waits for the next token: an empty container is one line. */
  #pending: Container | undefined

  constructor(text: string, outline: Outline, prefix: readonly BodySpan[]) {
    this.#text = text
    this.#outline = outline
    this.#lead = prefix
  }

  /** Lays one token out; answers what is wrong with it, if anything. */
  take(token: JsonToken): string | undefined {
    switch (token.kind) {
      case '{':
      case '[':
        return this.#wantsValue() ? this.#open(token.kind === '{' ? '{}' : '[]') : this.#unexpected(token)
      case '}':
      case ']':
        return this.expected.endsWith(token.kind) ? this.#close() : this.#unexpected(token)
      case ',':
        return this.expected.startsWith(',') ? this.#comma() : this.#unexpected(token)
      case ':':
        return this.expected === ':' ? this.#colon() : this.#unexpected(token)
      case 'broken':
        return this.#unexpected(token)
      default:
        if (token.kind === 'string' && this.expected.startsWith('name')) return this.#name(token)
        return this.#wantsValue() ? this.#scalar(token) : this.#unexpected(token)
    }
  }

  /** Closes what is open, so that the lines so far can be folded. */
  abandon(): void {
    this.#flush()
    while (this.#stack.length > 0) {
      this.#stack.pop()
      this.#outline.close()
    }
  }

  #wantsValue(): boolean {
    return this.expected.startsWith('value')
  }

  #unexpected({ kind, start, end }: JsonToken): string {
    const what = this.#text.slice(start, Math.min(end, start + 20))
    return kind === 'broken' ? `unexpected ${what}` : `${what} where ${this.expected} is expected`
  }

  #open(brackets: '{}' | '[]'): string | undefined {
    if (this.#stack.length >= deepest) return `more than ${deepest} levels`
    this.#flush()
    this.#pending = { brackets, path: this.#path(), name: undefined, count: 0 }
    this.expected = brackets === '{}' ? 'name or }' : 'value or ]'
  }

  /** Writes the line of the bracket that waited. */
  #flush(): void {
    const container = this.#pending
    if (!container) return
    this.#pending = undefined
    this.#outline.open([...this.#lead, { text: container.brackets[0]! }], container.path)
    this.#stack.push(container)
    this.#lead = []
  }

  #close(): undefined {
    const empty = this.#pending
    if (empty) {
      this.#pending = undefined
      this.#outline.line([...this.#lead, { text: empty.brackets }], empty.path)
      this.#lead = []
    } else {
      const { brackets, count } = this.#stack.pop()!
      this.#outline.close(brackets[1]!, ` … ${count} ${brackets[1]}`)
    }
    this.#valueEnded()
  }

  #comma(): undefined {
    this.#outline.append(',')
    this.expected = this.#stack.at(-1)!.brackets === '{}' ? 'name' : 'value'
  }

  #colon(): undefined {
    this.expected = 'value'
  }

  #name({ start, end }: JsonToken): undefined {
    this.#flush()
    const name = this.#text.slice(start, end)
    this.#stack.at(-1)!.name = name
    this.#lead = [{ text: name, tone: 'name' }, { text: ': ' }]
    this.expected = ':'
  }

  #scalar({ kind, start, end }: JsonToken): undefined {
    this.#flush()
    const value: BodySpan = { text: this.#text.slice(start, end), tone: tones[kind]! }
    this.#outline.line([...this.#lead, value], this.#path())
    this.#lead = []
    this.#valueEnded()
  }

  #valueEnded(): void {
    const parent = this.#stack.at(-1)
    if (parent) parent.count++
    this.expected = parent ? (parent.brackets === '{}' ? ', or }' : ', or ]') : 'end'
  }

  /** `$.users[0]["first name"]`; undefined where it would be very long. */
  #path(): string | undefined {
    const parent = this.#stack.at(-1)
    if (!parent) return '$'
    if (parent.path === undefined || (parent.name?.length ?? 0) > longestPath) return undefined
    const path = parent.path + (parent.brackets === '[]' ? `[${parent.count}]` : memberOf(parent.name ?? ''))
    return path.length > longestPath ? undefined : path
  }
}

const memberOf = (name: string): string => (/^"[A-Za-z_$][\w$]*"$/.test(name) ? `.${name.slice(1, -1)}` : `[${name}]`)
