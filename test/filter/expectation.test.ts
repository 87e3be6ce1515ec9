import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { parseExpectation } from '../../src/filter/expectation.ts'
import { FilterError } from '../../src/filter/filter-error.ts'
import { operators } from '../../src/filter/operators.ts'
import { parseFilter } from '../../src/filter/parser.ts'

const read = (text: string): object => {
  const { text: kept, ...rest } = parseExpectation(text)
  assert.equal(kept, text)
  return rest
}

test('every form is read', () => {
  const failed = parseFilter('~failed')
  assert.deepEqual(read('all ~tls 1.3'), { kind: 'all', filter: parseFilter('~tls 1.3') })
  assert.deepEqual(read('all ~d api.example.com | ~d b are ~tls 1.3'), {
    kind: 'all',
    among: parseFilter('~d api.example.com | ~d b'),
    filter: parseFilter('~tls 1.3'),
  })
  assert.deepEqual(read('no ~failed'), { kind: 'no', filter: failed })
  assert.deepEqual(read(' some  ~failed'), { kind: 'some', filter: failed })
  for (const comparison of ['<', '<=', '==', '>=', '>'])
    for (const gap of ['', ' '])
      assert.deepEqual(read(`~failed ${comparison}${gap}12`), {
        kind: 'count',
        filter: failed,
        comparison,
        number: 12,
      })
})

test('what belongs to an operator is no comparison', () => {
  assert.deepEqual(read('some ~c >=400'), { kind: 'some', filter: parseFilter('~c >=400') })
  assert.deepEqual(read('~c >=400 <= 2'), {
    kind: 'count',
    filter: parseFilter('~c >=400'),
    comparison: '<=',
    number: 2,
  })
  assert.deepEqual(read('~all >=1'), { kind: 'count', filter: { type: 'all' }, comparison: '>=', number: 1 })
})

test('a quoted word, and one in parentheses, is a word', () => {
  assert.deepEqual(read('no "are"'), { kind: 'no', filter: parseFilter('"are"') })
  assert.deepEqual(read('"all" == 1'), { kind: 'count', filter: parseFilter('"all"'), comparison: '==', number: 1 })
  assert.deepEqual(read('all (are) are ~s'), { kind: 'all', among: parseFilter('are'), filter: parseFilter('~s') })
})

for (const [text, column, expected, found] of [
  ['', 1, /all, no or some/, 'the end'],
  ['all', 4, /a filter/, 'the end'],
  ['no', 3, /a filter/, 'the end'],
  ['all are ~s', 5, /a filter/, '"are"'],
  ['all ~s are', 11, /a filter/, 'the end'],
  ['all ~d are ~tls 1.3', 8, /host after ~d/, '"are"'],
  ['all ~s are ~q are ~a', 15, /one "are"/, '"are"'],
  ['no ~bogus', 4, /an operator such as ~d/, '"~bogus"'],
  ['all ~d a are ~tls', 18, /TLS version/, 'the end'],
  ['~c >=400', 1, /all, no or some/, '"~c"'],
  ['~differs <= many', 13, /a whole number/, '"many"'],
  ['~differs <= -1', 13, /a whole number/, '"-1"'],
  ['<= 2', 1, /a filter/, '"<="'],
  ['~c <= 2', 4, /a status/, '"<="'],
  ['no ~failed <= 2', 12, /a filter alone/, '"<="'],
  ['all (~s are ~q', 15, /"\)"/, 'the end'],
] as const)
  test(`${JSON.stringify(text)} cannot be read, and the place is told`, () => {
    assert.throws(
      () => parseExpectation(text),
      (error: FilterError) => {
        assert.deepEqual([error.position + 1, error.found], [column, found])
        assert.match(error.expected, expected)
        return true
      },
    )
  })

test('whatever is typed is read or refused at a place in it', () => {
  const word = fc.oneof(
    fc.constantFrom('all', 'are', 'no', 'some', '<=', '==3', '7', '(', ')', '!', '|', '&', '"', "'", ' '),
    fc.constantFrom(...operators.map(({ name }) => `~${name}`)),
    fc.string({ maxLength: 4 }),
  )
  fc.assert(
    fc.property(fc.array(word, { maxLength: 9 }), words => {
      const text = words.join(' ')
      try {
        parseExpectation(text)
      } catch (error) {
        assert.ok(error instanceof FilterError, String(error))
        assert.ok(error.position >= 0 && error.position <= text.length)
      }
    }),
  )
})
