import { FilterError } from './filter-error.ts'

/** `end` is past the last character. A quoted word's `text` is without its quotes and escapes. */
export interface Token {
  readonly kind: 'operator' | 'word' | 'quoted' | '!' | '&' | '|' | '(' | ')'
  readonly text: string
  readonly start: number
  readonly end: number
}

const blank = /\s/
const wordEnd = /[\s()~'"]/

/**
 * Splits a filter into tokens. `!`, `&` and `|` are operators only where a word starts; inside a word they belong to it.
 * Throws FilterError for a quote that is not closed.
 */
export function tokenize(text: string): Token[] {
  const tokens: Token[] = []
  let at = 0
  while (at < text.length) {
    const char = text[at]!
    if (blank.test(char)) at++
    else {
      const token = tokenAt(text, at, char)
      tokens.push(token)
      at = token.end
    }
  }
  return tokens
}

function tokenAt(text: string, start: number, char: string): Token {
  switch (char) {
    case '!':
    case '&':
    case '|':
    case '(':
    case ')':
      return { kind: char, text: char, start, end: start + 1 }
    case '"':
    case "'":
      return quotedAt(text, start, char)
    default: {
      const kind = char === '~' ? 'operator' : 'word'
      let end = start + 1
      while (end < text.length && !wordEnd.test(text[end]!)) end++
      return { kind, text: kind === 'word' ? text.slice(start, end) : text.slice(start + 1, end), start, end }
    }
  }
}

/** A backslash escapes the quote alone; before anything else it stays, for regular expressions. */
function quotedAt(text: string, start: number, quote: string): Token {
  let value = ''
  for (let at = start + 1; at < text.length; at++) {
    const char = text[at]!
    if (char === quote) return { kind: 'quoted', text: value, start, end: at + 1 }
    if (char === '\\' && at + 1 < text.length) {
      const next = text[++at]!
      value += next === quote ? quote : char + next
    } else value += char
  }
  throw new FilterError(text.length, `a closing ${quote}`, 'the end')
}

/**
 * The word that gives `text` back when tokenized. A backslash keeps what follows it, so an escaped quote in the text
 * decides for the other quote; a pattern that was read here never holds both.
 */
export function quoteWord(text: string): string {
  if (/^[^\s()~'"!&|][^\s()~'"]*$/.test(text)) return text
  const quote = /^(?:[^\\]|\\[^"])*$/.test(text) ? '"' : "'"
  return quote + text.replace(/\\[\s\S]|["']/g, part => (part === quote ? `\\${part}` : part)) + quote
}
