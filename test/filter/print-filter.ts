import type { Filter, Range } from '../../src/filter/ast.ts'
import { quoteWord } from '../../src/filter/tokenizer.ts'

/** The filter as text, with its operators spelt out; parseFilter reads the same tree back. */
export function printFilter(filter: Filter): string {
  switch (filter.type) {
    case 'all':
      return '~all'
    case 'not':
      return `!${printInner(filter.of)}`
    case 'and':
      return filter.of.map(printInner).join(' & ')
    case 'or':
      return filter.of.map(printInner).join(' | ')
    case 'flag':
      return `~${filter.name}`
    case 'pattern':
      return `~${filter.name} ${quoteWord(filter.pattern)}`
    case 'range':
      return `~${filter.name} ${printRange(filter.range)}`
  }
}

const printInner = (filter: Filter): string =>
  filter.type === 'and' || filter.type === 'or' ? `(${printFilter(filter)})` : printFilter(filter)

/** In base units; parseRange reads it back. Ranges open on one side of two do not come from the language. */
function printRange({ from, to }: Range): string {
  if (from && to) return from.value === to.value ? decimal(from.value) : `${decimal(from.value)}-${decimal(to.value)}`
  if (from) return `>${from.open ? '' : '='}${decimal(from.value)}`
  return to ? `<${to.open ? '' : '='}${decimal(to.value)}` : ''
}

/** Without an exponent, which the language does not read. */
const decimal = (value: number): string => {
  const shown = String(value)
  return shown.includes('e') ? BigInt(Math.round(value)).toString() : shown
}
