import type { Filter } from './ast.ts'
import { printRange } from './range.ts'
import { quoteWord } from './tokenizer.ts'

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
