import { type MarkupToken, markupTokens } from '../../formats/markup-tokens.ts'
import { textOf } from './charset.ts'
import { type BodySpan, Outline } from './outline.ts'
import type { Render } from './renderer.ts'

/** XML with a line for every tag, indented by nesting; broken XML as far as its tags go. */
export const renderXml: Render = (input, { maxLines }) => {
  const text = textOf(input)
  if (!/^\s*</.test(text)) return undefined
  const outline = new Outline(maxLines)
  layOutMarkup(text, false, outline)
  return outline.finish()
}

/** HTML with a line for every tag, indented by nesting; void elements and omitted end tags are understood. */
export const renderHtml: Render = (input, { maxLines }) => {
  const text = textOf(input)
  if (!text.includes('<')) return undefined
  const outline = new Outline(maxLines)
  layOutMarkup(text, true, outline)
  return outline.finish()
}

/** Elements of HTML without content. */
const voids = new Set('area base br col embed hr img input link meta param source track wbr'.split(' '))
/** Elements of HTML that end where the next of their kind begins. */
const implied = new Set('li option tr td th dt dd p'.split(' '))
/** Elements of HTML in which white space is content, or the layout of code. */
const keeping = new Set(['pre', 'textarea', 'script', 'style'])
const oneLine = 100
const furthestBack = 64

/**
 * A line for every tag and text, indented by nesting. Only white space between tags changes, and where it is content
 * none but the indentation that all lines share. An element that is never closed ends with its parent; a closing tag
 * without an opening one is a line of its own.
 */
export function layOutMarkup(text: string, html: boolean, outline: Outline): void {
  const tokens = new Ahead(markupTokens(text, html))
  const open: string[] = []
  let kept = 0 // open elements that keep white space
  const close = (last?: string) => {
    if (keeping.has(open.pop()!)) kept--
    outline.close(last, ' …')
  }
  for (let token = tokens.next(); token; token = tokens.next()) {
    const name = html ? token.name.toLowerCase() : token.name
    if (token.kind === 'close') {
      const back = open.slice(-furthestBack).reverse().indexOf(name)
      if (back < 0) outline.line(spansOf(token))
      else {
        for (let i = 0; i < back; i++) close()
        close(oneLineOf(token.text))
      }
    } else if (token.kind !== 'open' || (html && voids.has(name)))
      textLines(token, html && kept > 0 ? keptLines : wordLines, outline)
    else {
      if (html && implied.has(name) && open.at(-1) === name) close()
      const short = shortElement(token, tokens, html && keeping.has(name))
      if (short) outline.line(short)
      else {
        outline.open(spansOf(token))
        open.push(name)
        if (keeping.has(name)) kept++
      }
    }
  }
}

class Ahead {
  readonly #tokens: Iterator<MarkupToken>
  readonly #seen: MarkupToken[] = []

  constructor(tokens: Iterator<MarkupToken>) {
    this.#tokens = tokens
  }

  next(): MarkupToken | undefined {
    return this.#seen.shift() ?? this.#read()
  }

  peek(index: number): MarkupToken | undefined {
    while (this.#seen.length <= index) {
      const token = this.#read()
      if (!token) return undefined
      this.#seen.push(token)
    }
    return this.#seen[index]
  }

  #read(): MarkupToken | undefined {
    const { done, value } = this.#tokens.next()
    return done ? undefined : value
  }
}

/** `<a>text</a>` on one line where it fits, and `<a></a>`. */
function shortElement(token: MarkupToken, tokens: Ahead, keeps: boolean): readonly BodySpan[] | undefined {
  const first = tokens.peek(0)
  const text = first?.kind === 'text' ? first : undefined
  const end = text ? tokens.peek(1) : first
  if (end?.kind !== 'close' || end.name.toLowerCase() !== token.name.toLowerCase()) return undefined
  const [words = '', ...more] = text ? (keeps ? text.text.split('\n') : wordLines(text.text)) : []
  if (token.text.length + words.length > oneLine || more.length > 0) return undefined
  tokens.next()
  if (text) tokens.next()
  return [...spansOf(token), { text: words }, ...spansOf(end)]
}

function textLines(token: MarkupToken, linesOf: (text: string) => readonly string[], outline: Outline): void {
  for (const words of linesOf(token.text)) outline.line([{ text: words, ...toneOf(token) }])
}

const spansOf = (token: MarkupToken): readonly BodySpan[] => [{ text: oneLineOf(token.text), ...toneOf(token) }]

const toneOf = ({ kind, text }: MarkupToken): Partial<BodySpan> =>
  kind === 'text' ? {} : { tone: kind === 'other' && text.startsWith('<!--') ? 'dim' : 'name' }

const oneLineOf = (text: string): string => wordLines(text).join(' ')

/** The lines of a text without their indentation and the empty ones. */
const wordLines = (text: string): readonly string[] =>
  text
    .split('\n')
    .map(line => line.trim())
    .filter(line => line !== '')

/** The lines of a text without the indentation that all of them share, and without the empty ones at its ends. */
function keptLines(text: string): readonly string[] {
  const lines = text.split('\n').map(line => line.trimEnd())
  const full = lines.filter(line => line !== '')
  const [first, last] = [lines.findIndex(Boolean), lines.findLastIndex(Boolean)]
  const shared = full.reduce((least, line) => Math.min(least, line.length - line.trimStart().length), Infinity)
  return first < 0 ? [] : lines.slice(first, last + 1).map(line => line.slice(shared))
}
