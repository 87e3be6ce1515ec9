import type { BodySpan, Outline, SpanTone } from './outline.ts'

/**
 * Writes decoded values of binary formats as an outline, in the words of JSON where JSON has them. What stands before
 * a value, its name or number, is set with `lead`.
 */
export class ValueLines {
  readonly outline: Outline
  #lead: readonly BodySpan[] = []
  readonly #paths: string[] = ['$']

  constructor(outline: Outline) {
    this.outline = outline
  }

  /** The name of the next value. */
  member(name: string, index: number): void {
    this.#lead = [{ text: cut(name), tone: 'name' }, { text: ': ' }]
    this.#paths.push(name.length > 80 ? `{${index}}` : `[${name}]`)
  }

  /** The next value is an element of an array. */
  element(index: number): void {
    this.#paths.push(`[${index}]`)
  }

  /** Goes on with the parent's next value. */
  done(): void {
    this.#paths.pop()
  }

  /** Words before the next value, such as a CBOR tag. */
  lead(text: string): void {
    this.#lead = [...this.#lead, { text: `${text} `, tone: 'dim' }]
  }

  scalar(text: string, tone: SpanTone): void {
    this.outline.line([...this.#lead, { text, tone }], this.#path())
    this.#lead = []
  }

  bytes(bytes: Uint8Array): void {
    this.scalar(hexWords(bytes), 'string')
  }

  open(bracket: '{' | '['): void {
    this.outline.open([...this.#lead, { text: bracket }], this.#path())
    this.#lead = []
  }

  close(bracket: '}' | ']', count: number): void {
    this.outline.close(bracket, ` … ${count} ${bracket}`)
  }

  #path(): string | undefined {
    return this.#paths.length > 32 ? undefined : this.#paths.join('')
  }
}

const mostBytes = 32
const longestName = 500

const cut = (name: string): string => (name.length > longestName ? `${name.slice(0, longestName)}…` : name)

/** `h'0102…' (300 bytes)`, as CBOR's diagnostic notation writes bytes. */
export function hexWords(bytes: Uint8Array): string {
  const hex = Buffer.from(bytes.subarray(0, mostBytes)).toString('hex')
  return bytes.length > mostBytes ? `h'${hex}…' (${bytes.length} bytes)` : `h'${hex}'`
}
