import type { Filter } from './ast.ts'
import { FilterError } from './filter-error.ts'
import { absentOperators, type Operator, operatorNamed } from './operators.ts'
import { compilePattern } from './pattern.ts'
import { parseRange, rangeForms } from './range.ts'
import { type Token, tokenize } from './tokenizer.ts'

const maxLength = 10_000 // far below SQLite's limits on LIKE patterns
const maxTerms = 200 // a chain of AND nests as deep as it is long; SQLite stops at 1,000
const maxDepth = 50

/**
 * Reads a filter; empty text is every flow. `!` binds tightest, then `&`, then `|`, and loosest of all two terms side by
 * side, which both must hold: `a b | c` is `a & (b | c)`, as in mitmproxy. Throws FilterError.
 */
export function parseFilter(text: string): Filter {
  if (text.length > maxLength) throw new FilterError(maxLength, `at most ${maxLength} characters`, `${text.length}`)
  const parser = new Parser(text, tokenize(text))
  return parser.sequence(0, undefined)
}

class Parser {
  readonly #text: string
  readonly #tokens: readonly Token[]
  #next = 0
  #terms = 0

  constructor(text: string, tokens: readonly Token[]) {
    this.#text = text
    this.#tokens = tokens
  }

  get #token(): Token | undefined {
    return this.#tokens[this.#next]
  }

  get #atWord(): boolean {
    return this.#token?.kind === 'word' || this.#token?.kind === 'quoted'
  }

  /** Terms side by side, up to the end or the parenthesis that closes `opened`. */
  sequence(depth: number, opened: Token | undefined): Filter {
    const terms: Filter[] = []
    while (this.#token && (this.#token.kind !== ')' || !opened)) terms.push(this.#chain('|', depth))
    if (opened && !this.#token) this.#fail('")"')
    if (opened && terms.length === 0) this.#fail('a filter')
    if (opened) this.#next++
    return terms.length === 0 ? { type: 'all' } : joined('and', terms)
  }

  #chain(operator: '&' | '|', depth: number): Filter {
    const one = (): Filter => (operator === '|' ? this.#chain('&', depth) : this.#term(depth))
    const terms = [one()]
    while (this.#token?.kind === operator) {
      this.#next++
      terms.push(one())
    }
    return joined(operator === '|' ? 'or' : 'and', terms)
  }

  #term(depth: number): Filter {
    if (depth > maxDepth) this.#fail(`at most ${maxDepth} levels of nesting`)
    if (++this.#terms > maxTerms) this.#fail(`at most ${maxTerms} terms`)
    const token = this.#token
    switch (token?.kind) {
      case '!':
        this.#next++
        return { type: 'not', of: this.#term(depth + 1) }
      case '(':
        this.#next++
        return this.sequence(depth + 1, token)
      case 'word':
      case 'quoted':
        return { type: 'pattern', name: 'u', pattern: this.#pattern('a word') }
      case 'operator':
        return this.#operator(token)
      default:
        return this.#fail('a word, an operator such as ~d, "!" or "("')
    }
  }

  #operator(token: Token): Filter {
    const operator = operatorNamed(token.text)
    if (!operator)
      this.#fail(absentOperators.has(token.text) ? 'an operator that Parley has' : 'an operator such as ~d')
    this.#next++
    return this.#operand(operator!)
  }

  #operand(operator: Operator): Filter {
    if (operator.kind === 'flag') return { type: 'flag', name: operator.name }
    if (operator.name === 'all' && !this.#atWord) return { type: 'all' } // as in mitmproxy
    if (operator.kind === 'pattern') {
      return {
        type: 'pattern',
        name: operator.name,
        pattern: this.#pattern(`${operator.help} after ~${operator.name}`),
      }
    }
    const form = rangeForms[operator.name]
    const token = this.#operandToken(form)
    const range = parseRange(operator.name, token.text)
    if (!range) this.#fail(form)
    this.#next++
    return { type: 'range', name: operator.name, range: range! }
  }

  #pattern(expected: string): string {
    const token = this.#operandToken(expected)
    try {
      compilePattern(token.text)
    } catch {
      this.#fail('a regular expression without look-around and back-references')
    }
    this.#next++
    return token.text
  }

  #operandToken(expected: string): Token {
    const token = this.#token
    return token && this.#atWord ? token : this.#fail(expected)
  }

  #fail(expected: string): never {
    const token = this.#token
    const found = token ? `"${this.#text.slice(token.start, token.end)}"` : 'the end'
    throw new FilterError(token?.start ?? this.#text.length, expected, found)
  }
}

/** Nested chains of one kind become one: `a & b c` holds three terms. */
function joined(type: 'and' | 'or', terms: readonly Filter[]): Filter {
  if (terms.length === 1) return terms[0]!
  return { type, of: terms.flatMap(term => (term.type === type ? term.of : [term])) }
}
