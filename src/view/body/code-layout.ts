import { printableLines } from '../printable.ts'
import { textOf } from './charset.ts'
import { type BodyLine, Outline, plainLines } from './outline.ts'
import type { Render } from './renderer.ts'

/** JavaScript; minified code with lines at braces and semicolons. */
export const renderScript: Render = (input, { maxLines }) => codeLines(textOf(input), { script: true }, maxLines)

/** CSS; minified CSS with a line for every declaration. */
export const renderCss: Render = (input, { maxLines }) => codeLines(textOf(input), { script: false }, maxLines)

export interface CodeLanguage {
  /** Regular expression literals and template literals exist, and `//` begins a comment. */
  readonly script: boolean
}

const longLine = 300
const longestPiece = 2000
const longestExpression = 500

/** Minified code with lines at braces and semicolons, foldable; code that has lines already is left alone. */
export function codeLines(text: string, language: CodeLanguage, maxLines: number): readonly BodyLine[] {
  if (!isMinified(text)) return plainLines(printableLines(text), maxLines)
  const outline = new Outline(maxLines)
  layOutCode(text, language, outline)
  return outline.finish()
}

/** Half of the text, at least, stands in lines of more than 300 characters. */
export function isMinified(text: string): boolean {
  let long = 0
  for (const line of text.split('\n')) if (line.length > longLine) long += line.length
  return long * 2 > text.length
}

/** Breaks lines after `{`, `}` and `;` outside of parentheses, strings and comments. Changes nothing but white space. */
export function layOutCode(text: string, language: CodeLanguage, outline: Outline): void {
  let from = 0
  let parentheses = 0
  const stack: number[] = []
  const take = (end: number): string => {
    const piece = text.slice(from, end).trim()
    from = end
    return piece
  }
  const flush = (end: number) => {
    const piece = take(end)
    if (piece !== '') outline.line(piece)
  }
  for (let at = 0; at < text.length; ) {
    const literal = literalEnd(text, at, language)
    if (literal > at) {
      at = literal
      continue
    }
    const c = text[at++]!
    if (c === '(' || c === '[') parentheses++
    else if (c === ')' || c === ']') parentheses = Math.max(0, parentheses - 1)
    else if (c === '{') {
      outline.open(take(at))
      stack.push(parentheses)
      parentheses = 0
    } else if (c === '}') {
      flush(at - 1)
      while (',;)'.includes(text[at] ?? ' ')) at++
      const closers = text.slice(from, at).split(')').length - 1
      parentheses = Math.max(0, (stack.pop() ?? 0) - closers)
      const piece = take(at)
      if (outline.depth > 0) outline.close(piece, ` … ${piece}`)
      else outline.line(piece)
    } else if ((c === ';' && parentheses === 0) || c === '\n' || (c === ',' && at - from > longestPiece)) flush(at)
  }
  flush(text.length)
}

/** Where the string, comment or regular expression that begins at `at` ends; `at` where none begins. */
function literalEnd(text: string, at: number, { script }: CodeLanguage): number {
  const c = text[at]
  if (c === '"' || c === "'" || (script && c === '`')) return quotedEnd(text, at, c)
  if (c !== '/') return at
  if (text[at + 1] === '*') return endOf(text, '*/', at + 2)
  if (!script) return at
  if (text[at + 1] === '/') return endOf(text, '\n', at + 2)
  return divides(text, at) ? at : expressionEnd(text, at)
}

function quotedEnd(text: string, at: number, quote: string): number {
  for (let i = at + 1; i < text.length; i++) {
    const c = text[i]
    if (c === '\\') i++
    else if (c === quote) return i + 1
    else if (c === '\n' && quote !== '`') return i
  }
  return text.length
}

function endOf(text: string, end: string, at: number): number {
  const found = text.indexOf(end, at)
  return found < 0 ? text.length : found + end.length
}

/** A slash after a value divides; after an operator or a word such as `return` it begins a regular expression. */
function divides(text: string, at: number): boolean {
  let before = at - 1
  while (before >= 0 && before > at - 20 && (text[before] === ' ' || text[before] === '\t')) before--
  const c = text[before] ?? '('
  if (!/[\w$)\]}"'`]/.test(c)) return false
  return !/(?:^|[^\w$.])(?:return|typeof|case|in|of|delete|void|throw|else)$/.test(
    text.slice(Math.max(0, before - 8), before + 1),
  )
}

function expressionEnd(text: string, at: number): number {
  let inClass = false
  const end = Math.min(text.length, at + longestExpression)
  for (let i = at + 1; i < end; i++) {
    const c = text[i]
    if (c === '\n') return at
    if (c === '\\') i++
    else if (c === '[') inClass = true
    else if (c === ']') inClass = false
    else if (c === '/' && !inClass) return i + 1
  }
  return at
}
