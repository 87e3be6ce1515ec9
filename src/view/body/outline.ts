import { printable } from '../printable.ts'

/** What a piece of a line is; the theme decides how it looks. */
export type SpanTone = 'name' | 'string' | 'number' | 'word' | 'dim' | 'bold' | 'bad'

/** A printable piece of a line; colours as `#rrggbb`. */
export interface BodySpan {
  readonly text: string
  readonly tone?: SpanTone
  readonly fg?: string
  readonly bg?: string
}

export interface Fold {
  /** How many of the lines that follow are hidden when this one is folded. */
  readonly lines: number
  /** Shown in place of `text` when folded. */
  readonly text: string
}

/** One line of a body. `text` is printable and has no indentation; `spans`, where given, say the same in pieces. */
export interface BodyLine {
  readonly text: string
  /** Levels of indentation, two spaces each. */
  readonly depth: number
  /** Present where lines below belong to this one. */
  readonly fold?: Fold
  /** Where the value stands, such as `$.users[0].name`; the same line has the same path when the body is drawn again. */
  readonly path?: string
  readonly spans?: readonly BodySpan[]
}

type Growing = { -readonly [key in keyof BodyLine]: BodyLine[key] }

interface Open {
  readonly line: Growing | undefined
  readonly index: number
}

const deepest = 100 // indentation beyond this would leave no room for text

/** Collects lines of a tree, keeps the first `maxLines`, and counts the rest. */
export class Outline {
  readonly #lines: Growing[] = []
  readonly #open: Open[] = []
  readonly #maxLines: number
  #closed: Growing | undefined
  #dropped = 0

  constructor(maxLines: number) {
    this.#maxLines = Math.max(1, maxLines)
  }

  get depth(): number {
    return this.#open.length
  }

  /** True once lines are only counted. */
  get full(): boolean {
    return this.#lines.length >= this.#maxLines
  }

  line(text: string | readonly BodySpan[], path?: string): void {
    this.#push(text, path)
  }

  /** A line to which the following lines belong, up to `close`. */
  open(text: string | readonly BodySpan[], path?: string): void {
    const index = this.#lines.length
    this.#open.push({ line: this.#push(text, path), index })
  }

  /** Ends the innermost open line. `last` is its closing line; `folded` follows the first line's text when folded. */
  close(last?: string, folded = ' …'): void {
    const opened = this.#open.pop()
    if (last !== undefined) this.#push(last)
    if (!opened?.line) return
    const lines = this.#lines.length - 1 - opened.index
    if (lines > 0) opened.line.fold = { lines, text: opened.line.text + printable(folded) }
    this.#closed = opened.line
  }

  /** Adds a printable text to the end of the line written last, and of the folded text that ends with that line. */
  append(text: string): void {
    if (this.#closed?.fold) this.#closed.fold = { ...this.#closed.fold, text: this.#closed.fold.text + text }
    const last = this.#dropped === 0 ? this.#lines.at(-1) : undefined
    if (!last) return
    last.text += text
    if (last.spans) last.spans = [...last.spans, { text }]
  }

  /** Takes lines made elsewhere, indented below the open line. */
  add(lines: readonly BodyLine[]): void {
    for (const line of lines) {
      if (this.full) this.#dropped++
      else this.#lines.push({ ...line, depth: Math.min(deepest, line.depth + this.depth) })
    }
  }

  /** The lines; what is still open is closed, and a last line counts what was left out. */
  finish(): readonly BodyLine[] {
    while (this.#open.length > 0) this.close()
    if (this.#dropped > 0) {
      this.#lines.pop()
      const text = `… ${this.#dropped + 1} more lines`
      this.#lines.push({ text, depth: 0, spans: [{ text, tone: 'dim' }] })
    }
    this.#clipFolds()
    return this.#lines
  }

  #push(text: string | readonly BodySpan[], path?: string): Growing | undefined {
    this.#closed = undefined
    if (this.full) {
      this.#dropped++
      return undefined
    }
    const line: Growing =
      typeof text === 'string'
        ? { text: printable(text), depth: Math.min(deepest, this.depth) }
        : spansLine(text, Math.min(deepest, this.depth))
    if (path !== undefined) line.path = printable(path)
    this.#lines.push(line)
    return line
  }

  /** No fold hides the line that counts what was left out. */
  #clipFolds(): void {
    const end = this.#lines.length - (this.#dropped > 0 ? 1 : 0)
    for (const [index, line] of this.#lines.entries()) {
      if (!line.fold) continue
      const lines = Math.min(line.fold.lines, end - 1 - index)
      if (lines > 0) line.fold = { ...line.fold, lines }
      else delete line.fold
    }
  }
}

function spansLine(spans: readonly BodySpan[], depth: number): Growing {
  const safe = spans.map(span => ({ ...span, text: printable(span.text) }))
  return { text: safe.map(({ text }) => text).join(''), depth, spans: safe }
}

/** Lines of text at one depth, the first `maxLines` of them. Each must be printable. */
export function plainLines(texts: readonly string[], maxLines: number): readonly BodyLine[] {
  if (texts.length <= maxLines) return texts.map(text => ({ text, depth: 0 }))
  const kept = Math.max(0, maxLines - 1)
  const more = `… ${texts.length - kept} more lines`
  return [
    ...texts.slice(0, kept).map(text => ({ text, depth: 0 })),
    { text: more, depth: 0, spans: [{ text: more, tone: 'dim' }] },
  ]
}

/** A printable sentence of Parley's own. */
export const note = (text: string, tone: SpanTone = 'dim'): BodyLine => {
  const safe = printable(text)
  return { text: safe, depth: 0, spans: [{ text: safe, tone }] }
}
