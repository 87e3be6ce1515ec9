import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Filter } from '../../src/filter/ast.ts'
import { FilterError } from '../../src/filter/filter-error.ts'
import { parseFilter } from '../../src/filter/parser.ts'
import { anyFilter } from './arbitrary.ts'
import { printFilter } from './print-filter.ts'

const url = (pattern: string): Filter => ({ type: 'pattern', name: 'u', pattern })

test('a bare word asks for the URL, and no word for every flow', () => {
  assert.deepEqual(parseFilter('users'), url('users'))
  assert.deepEqual(parseFilter('  '), { type: 'all' })
})

test('! binds tighter than &, & than |, and terms side by side bind loosest', () => {
  assert.deepEqual(parseFilter('a & b | c'), { type: 'or', of: [{ type: 'and', of: [url('a'), url('b')] }, url('c')] })
  assert.deepEqual(parseFilter('a b | c'), { type: 'and', of: [url('a'), { type: 'or', of: [url('b'), url('c')] }] })
  assert.deepEqual(parseFilter('!a & b'), { type: 'and', of: [{ type: 'not', of: url('a') }, url('b')] })
  assert.deepEqual(parseFilter('!(a | b)'), { type: 'not', of: { type: 'or', of: [url('a'), url('b')] } })
})

test('~all with a word asks for it anywhere, and alone it is every flow', () => {
  const anywhere: Filter = { type: 'pattern', name: 'all', pattern: 'token' }
  assert.deepEqual(parseFilter('~all token'), anywhere)
  assert.deepEqual(parseFilter('(~all) & ~all "token"'), { type: 'and', of: [{ type: 'all' }, anywhere] })
  assert.deepEqual(parseFilter('~all | ~all token'), { type: 'or', of: [{ type: 'all' }, anywhere] })
})

test('chains of one kind are flat', () => {
  assert.deepEqual(parseFilter('a & (b c)'), { type: 'and', of: [url('a'), url('b'), url('c')] })
})

test('an error tells its position and what was expected there', () => {
  const cases: readonly [string, number, RegExp][] = [
    ['~zz', 0, /operator such as/],
    ['a & ', 4, /word, an operator/],
    ['a | | b', 4, /word, an operator/],
    ['(a', 2, /"\)"/],
    ['()', 1, /a filter/],
    ['a )', 2, /word, an operator/],
    ['~c abc', 3, /status such as/],
    ['~c', 2, /status such as/],
    ['~d & b', 3, /host after ~d/],
    ['~d "("', 3, /regular expression/],
    ['~dur >5q', 5, /duration such as/],
    ['~c 500-400', 3, /status such as/],
    ['"open', 5, /closing "/],
    ['~replay', 0, /that Parley has/],
  ]
  for (const [text, position, expected] of cases) {
    assert.throws(
      () => parseFilter(text),
      (error: unknown) => {
        assert(error instanceof FilterError, text)
        assert.equal(error.position, position, text)
        assert.match(error.expected, expected, text)
        return true
      },
    )
  }
})

test('what is printed reads back as the same filter', () => {
  fc.assert(
    fc.property(anyFilter, filter => {
      assert.deepEqual(parseFilter(printFilter(filter)), filter)
    }),
    { numRuns: 500 },
  )
})

test('any text is a filter or a FilterError within the text', () => {
  const piece = fc.oneof(
    fc.string({ maxLength: 3 }),
    fc.constantFrom('~d', '~c ', '(', ')', ' | ', '!', '"', '~b', '&'),
  )
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), pieces => {
      const text = pieces.join('')
      try {
        parseFilter(text)
      } catch (error) {
        assert(error instanceof FilterError)
        assert(error.position >= 0 && error.position <= text.length)
      }
    }),
  )
})

test('deep nesting, many terms and long text are refused by name', () => {
  assert.throws(() => parseFilter('!'.repeat(5000)), /levels of nesting/)
  assert.throws(() => parseFilter('('.repeat(5000)), /levels of nesting/)
  assert.throws(() => parseFilter('a '.repeat(300)), /at most 200 terms/)
  assert.throws(() => parseFilter('a'.repeat(20_000)), /at most 10000 characters/)
})
