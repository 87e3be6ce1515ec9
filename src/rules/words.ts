import { RuleError } from './rule-error.ts'

/** One word of an action, without its quotes; `start` and `end` are its place in the text, quotes included. */
export interface Word {
  readonly text: string
  readonly start: number
  readonly end: number
}

const blank = /\s/

/**
 * Splits as a shell does: white space parts words, '…' holds anything, and so does "…" with \" and \\ in it. A backslash
 * keeps white space, a quote or a backslash that follows it; before anything else it stays, for regular expressions.
 * Throws RuleError for a quote that is not closed.
 */
export function splitWords(text: string, from = 0): readonly Word[] {
  const words: Word[] = []
  let at = from
  while (at < text.length) {
    if (blank.test(text[at]!)) at++
    else {
      const word = wordAt(text, at)
      words.push(word)
      at = word.end
    }
  }
  return words
}

function wordAt(text: string, start: number): Word {
  let value = ''
  let at = start
  while (at < text.length && !blank.test(text[at]!)) {
    const char = text[at]!
    if (char === '"' || char === "'") {
      const end = quoteEnd(text, at, char)
      value += char === "'" ? text.slice(at + 1, end) : text.slice(at + 1, end).replace(/\\(["\\])/g, '$1')
      at = end + 1
    } else if (char === '\\' && /[\s"'\\]/.test(text[at + 1] ?? '')) {
      value += text[at + 1]
      at += 2
    } else {
      value += char
      at++
    }
  }
  return { text: value, start, end: at }
}

/** Where the quote that opens at `start` is closed. */
function quoteEnd(text: string, start: number, quote: string): number {
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] === quote) return at
    if (text[at] === '\\' && quote === '"') at++
  }
  throw new RuleError(text.length, `a closing ${quote}`, 'the end')
}
