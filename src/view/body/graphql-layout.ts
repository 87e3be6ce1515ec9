import { printableLines } from '../printable.ts'
import type { Outline } from './outline.ts'

// Block strings, strings, comments, spreads, names with sigils and numbers, punctuators (GraphQL October 2021, 2.1).
// A string that nothing closes goes on to the end: a search for its end that fails would be made again at every quote.
const token = /"""(?:[^"\\]|\\.|"(?!""))*(?:""")?|"(?:[^"\n\\]|\\.)*"?|#[^\n]*|\.\.\.|[$@]?[\w.+-]+|[^\s\w]/g
const longest = 200_000

/** A GraphQL document, a field a line. One that has lines already keeps them. */
export function layOutGraphql(text: string, outline: Outline): void {
  if (text.trim().includes('\n') || text.length > longest) {
    for (const line of printableLines(text.trim())) outline.line(line)
    return
  }
  let line = ''
  let parentheses = 0
  let depth = 0
  let before = ''
  const flush = () => {
    if (line !== '') outline.line(line)
    line = ''
  }
  for (const [word] of text.matchAll(token)) {
    if (word === '{' && parentheses === 0) {
      outline.open(line === '' ? '{' : `${line} {`)
      line = ''
      depth++
    } else if (word === '}' && parentheses === 0) {
      flush()
      if (depth > 0) outline.close('}', ' … }')
      else outline.line('}')
      depth = Math.max(0, depth - 1)
    } else if (word !== ',' || parentheses > 0) {
      if (parentheses === 0 && depth > 0 && startsField(word, before)) flush()
      line += joint(line, before, word) + word
      if (word === '(' || word === '[') parentheses++
      if (word === ')' || word === ']') parentheses = Math.max(0, parentheses - 1)
    }
    before = word
  }
  flush()
  for (; depth > 0; depth--) outline.close()
}

/** A name begins a field unless it goes on with what stands before it: an alias, a spread, a directive. */
const startsField = (word: string, before: string): boolean =>
  word === '...' || (/^[\w]/.test(word) && before !== ':' && before !== '...' && before !== 'on' && before !== '@')

function joint(line: string, before: string, word: string): string {
  if (line === '' || /^[):,\]!(]$/.test(word) || before === '(' || before === '[' || before === '@') return ''
  if (before === '...' && word !== 'on') return ''
  return ' '
}
