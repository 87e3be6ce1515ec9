import type { Filter } from './ast.ts'
import { FilterError } from './filter-error.ts'
import { operatorNamed } from './operators.ts'
import { parseFilter } from './parser.ts'
import { type Token, tokenize } from './tokenizer.ts'

/** What is expected of the flows of a capture. `text` is as it was written. */
export type Expectation = { readonly text: string; readonly filter: Filter } & (
  | { readonly kind: 'no' | 'some' }
  /** Every flow fits, or every flow that fits `among`. */
  | { readonly kind: 'all'; readonly among?: Filter }
  | { readonly kind: 'count'; readonly comparison: ComparisonSign; readonly number: number }
)

export type ComparisonSign = '<' | '<=' | '==' | '>=' | '>'

const sign = /^(?:[<>]=?|==)$/
const signAndNumber = /^([<>]=?|==)(\d{1,15})$/
const wholeNumber = /^\d{1,15}$/

/**
 * Reads `all FILTER`, `all FILTER are FILTER`, `no FILTER`, `some FILTER` or `FILTER <= N` (also `<`, `==`, `>=`, `>`).
 * A word that stands for itself, as the URL that contains it, is quoted. Throws FilterError with the place in `text`.
 */
export function parseExpectation(text: string): Expectation {
  const tokens = tokenize(text)
  const [first, ...rest] = tokens
  if (first?.kind === 'word' && (first.text === 'no' || first.text === 'some'))
    return { text, kind: first.text, filter: wholeFilter(text, rest, first.end) }
  if (first?.kind === 'word' && first.text === 'all') return allOf(text, rest, first)
  return countOf(text, tokens)
}

function allOf(text: string, tokens: readonly Token[], all: Token): Expectation {
  const [split, second] = placesOf('are', tokens)
  if (split === undefined) return { text, kind: 'all', filter: wholeFilter(text, tokens, all.end) }
  if (second !== undefined) fail(text, tokens[second], 'one "are"; quote the other if it is a word of a URL')
  const among = wholeFilter(text, tokens.slice(0, split), all.end, tokens[split])
  return { text, kind: 'all', among, filter: wholeFilter(text, tokens.slice(split + 1), tokens[split]!.end) }
}

/** Where a bare word stands outside of parentheses. */
function placesOf(word: string, tokens: readonly Token[]): readonly number[] {
  let depth = 0
  return tokens.flatMap(({ kind, text }, index) => {
    if (kind === '(') depth++
    if (kind === ')') depth--
    return kind === 'word' && text === word && depth === 0 ? [index] : []
  })
}

/** A filter that is all of these tokens, at least one, and holds no comparison. */
function wholeFilter(text: string, tokens: readonly Token[], from: number, next?: Token): Filter {
  if (tokens.length === 0) fail(text, next, 'a filter')
  const compared = tokens.find(({ kind, text: word }) => kind === 'word' && sign.test(word))
  if (compared) fail(text, compared, 'a filter alone: only one without all, no or some is counted')
  return filterIn(text, from, next?.start ?? text.length)
}

function countOf(text: string, tokens: readonly Token[]): Expectation {
  const last = tokens.at(-1)
  const before = tokens.at(-2)
  if (before?.kind === 'word' && sign.test(before.text)) {
    if (last!.kind !== 'word' || !wholeNumber.test(last!.text)) fail(text, last, 'a whole number')
    return counted(text, tokens.slice(0, -2), before.text, last!.text)
  }
  const joined = last?.kind === 'word' && !takesOperand(before) ? signAndNumber.exec(last.text) : undefined
  if (joined) return counted(text, tokens.slice(0, -1), joined[1]!, joined[2]!)
  parseFilter(text) // what is wrong with the filter comes first
  return fail(
    text,
    last && sign.test(last.text) ? undefined : tokens[0],
    'all, no or some, or at the end <= and a number',
  )
}

function counted(text: string, tokens: readonly Token[], comparison: string, number: string): Expectation {
  if (tokens.length === 0) fail(text, tokenize(text)[0], 'a filter')
  const filter = filterIn(text, 0, tokens.at(-1)!.end)
  return { text, kind: 'count', filter, comparison: comparison as ComparisonSign, number: Number(number) }
}

/** Whether what follows belongs to this token: `~c >=400` is a filter. */
const takesOperand = (token: Token | undefined): boolean =>
  token?.kind === 'operator' && operatorNamed(token.text)?.kind !== 'flag' && token.text !== 'all'

/** The filter between two places, with errors at their place in the whole. */
function filterIn(text: string, from: number, to: number): Filter {
  try {
    return parseFilter(text.slice(from, to))
  } catch (error) {
    if (!(error instanceof FilterError)) throw error
    const position = error.position + from
    const rest = tokenize(text).find(({ start }) => start >= position)
    const atEnd = error.found === 'the end' && to < text.length && rest
    throw new FilterError(
      atEnd ? rest.start : position,
      error.expected,
      atEnd ? `"${text.slice(rest.start, rest.end)}"` : error.found,
    )
  }
}

function fail(text: string, token: Token | undefined, expected: string): never {
  const found = token ? `"${text.slice(token.start, token.end)}"` : 'the end'
  throw new FilterError(token?.start ?? text.length, expected, found)
}
