// Any filter that the language can say.
import fc from 'fast-check'
import type { Filter, PatternName } from '../../src/filter/ast.ts'
import { operators } from '../../src/filter/operators.ts'
import { parseRange } from '../../src/filter/range.ts'

const named = (kind: string) => operators.filter(operator => operator.kind === kind)
const words = fc.constantFrom(
  ...[
    'example',
    'A.EX',
    'users',
    '/users',
    'example/',
    'e/users',
    '.',
    '^https',
    '/$',
    'a_b',
    '%41',
    'json',
    'Ünï',
    'h2',
  ],
  ...[
    'GET',
    'TLS',
    '1.3',
    ':',
    '(a|u)s',
    '[0-9]+',
    '\\.',
    '\\d',
    '127',
    'é',
    "it's",
    'say "hi"',
    '\\"',
    "\\'",
    '  ',
    '',
  ],
  ...['!x', '&', 'a|b', '~d', '\\\\', 'content-type: ', 'k', '', '//', ':/', '^', '$', '^/?', 'x$'],
)
const rangeTexts = fc.constantFrom(
  ...(['c 404', 'c 4xx', 'c 200-299', 'c >=400', 'c <300', 'size >1k', 'size 0', 'size <=4096'] as const),
  ...(['dur >1s', 'dur <0.5ms', 'dur 1s-5s', 'size 1-20000000g'] as const),
)
const leaf: fc.Arbitrary<Filter> = fc.oneof(
  fc.constant<Filter>({ type: 'all' }),
  fc.constantFrom(...named('flag')).map(({ name }) => ({ type: 'flag', name }) as Filter),
  fc
    .tuple(fc.constantFrom(...named('pattern')), words)
    .map(([{ name }, pattern]): Filter => ({ type: 'pattern', name: name as PatternName, pattern })),
  rangeTexts.map((text): Filter => {
    const [name, form] = text.split(' ') as ['c' | 'size' | 'dur', string]
    return { type: 'range', name, range: parseRange(name, form)! }
  }),
)

/** Chains hold no chain of their own kind, as the parser leaves them. */
export const anyFilter: fc.Arbitrary<Filter> = fc.letrec<{ filter: Filter }>(tie => ({
  filter: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    leaf,
    tie('filter').map((of): Filter => ({ type: 'not', of })),
    fc
      .tuple(fc.constantFrom('and' as const, 'or' as const), fc.array(tie('filter'), { minLength: 2, maxLength: 3 }))
      .map(([type, of]): Filter => ({ type, of: of.flatMap(each => (each.type === type ? each.of : [each])) })),
  ),
})).filter
