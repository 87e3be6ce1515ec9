import { chop, truncate, width } from '../view/width.ts'

/** What a piece of text means; the theme decides how it looks. */
export type Tone = 'good' | 'bad' | 'warn' | 'dim' | 'bold' | 'accent' | 'key'

/** What lies behind a piece of text. */
export type Ground = 'selected' | 'lit' | 'match' | 'bar'

export interface Span {
  /** Printable. */
  readonly text: string
  readonly tone?: Tone
  readonly ground?: Ground
  /** Colours of its own, as `#rrggbb`: those of an image. */
  readonly fg?: string
  readonly bg?: string
}

/** One row of the screen. */
export type Line = readonly Span[]

export const span = (text: string, tone?: Tone, ground?: Ground): Span => ({
  text,
  ...(tone && { tone }),
  ...(ground && { ground }),
})

export const line = (...spans: readonly (Span | string)[]): Line =>
  spans.map(each => (typeof each === 'string' ? { text: each } : each))

export const blank: Line = []

export const plain = (spans: Line): string => spans.map(({ text }) => text).join('')

export const columnsOf = (spans: Line): number => spans.reduce((sum, { text }) => sum + width(text), 0)

/** The line cut to `columns`, its last column an ellipsis where something was left out. */
export function cut(spans: Line, columns: number): Line {
  const kept: Span[] = []
  let left = columns
  for (const [index, each] of spans.entries()) {
    const wanted = width(each.text)
    const more = spans.slice(index + 1).some(({ text }) => text !== '')
    if (wanted < left || (wanted === left && !more)) {
      kept.push(each)
      left -= wanted
      continue
    }
    const text = truncate(wanted === left ? `${each.text}…` : each.text, left)
    if (text !== '') kept.push({ ...each, text })
    break
  }
  return kept
}

/** The line, exactly `columns` wide. */
export function fill(spans: Line, columns: number, ground?: Ground): Line {
  const fitted = cut(spans, columns)
  const missing = columns - columnsOf(fitted)
  const filled = missing > 0 ? [...fitted, span(' '.repeat(missing))] : fitted
  return ground ? over(filled, ground) : filled
}

/** The line with another ground; spans that have their own keep it. */
export const over = (spans: Line, ground: Ground): Line => spans.map(each => (each.ground ? each : { ...each, ground }))

const sameLook = (a: Span, b: Span): boolean =>
  a.tone === b.tone && a.ground === b.ground && a.fg === b.fg && a.bg === b.bg

export const sameSpan = (a: Span, b: Span): boolean => a.text === b.text && sameLook(a, b)

/** The same line in as few spans as can be: each costs time to draw. */
export function compact(spans: Line): Line {
  const merged: Span[] = []
  for (const each of spans) {
    const last = merged.at(-1)
    if (each.text === '') continue
    if (last && sameLook(last, each)) merged[merged.length - 1] = { ...last, text: last.text + each.text }
    else merged.push(each)
  }
  return merged
}

/** Two lines in one row, the second at the right edge; the first gives way. */
export function spread(left: Line, right: Line, columns: number): Line {
  const room = Math.max(0, columns - columnsOf(right) - 1)
  return [...fill(left, room), span(' '), ...cut(right, columns - room - 1)]
}

/** A line in pieces of at most `columns`, each span keeping its look. */
export function chopLine(spans: Line, columns: number): Line[] {
  const pieces: Span[][] = [[]]
  let left = columns
  for (const each of spans) {
    const [first = '', ...rest] = chop(each.text, columns, left)
    pieces.at(-1)!.push(rest.length === 0 ? each : { ...each, text: first })
    for (const text of rest) pieces.push([{ ...each, text }])
    left = (rest.length === 0 ? left : columns) - width(rest.at(-1) ?? first)
  }
  return pieces
}

/** A printable text broken between words; a word too long for a line goes on in the next. Nothing is left out. */
export function prose(text: string, columns: number): string[] {
  const lines: string[] = []
  let current = ''
  for (const word of text.split(' ')) {
    const longer = current === '' ? word : `${current} ${word}`
    if (width(longer) <= columns) {
      current = longer
      continue
    }
    if (current !== '') lines.push(current)
    const pieces = chop(word, Math.max(2, columns))
    lines.push(...pieces.slice(0, -1))
    current = pieces.at(-1) ?? ''
  }
  return current === '' && lines.length > 0 ? lines : [...lines, current]
}

/** The first lines of a text, the last with an ellipsis where there were more. */
export function proseOf(text: string, columns: number, lines: number): string[] {
  const all = prose(text, columns)
  if (all.length <= lines) return all
  return [...all.slice(0, lines - 1), truncate(`${all[lines - 1]} …${' '.repeat(columns)}`.trimEnd(), columns)]
}
