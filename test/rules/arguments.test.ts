import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Arguments, onWire } from '../../src/rules/arguments.ts'
import type { RuleError } from '../../src/rules/rule-error.ts'

const mistake = (read: () => unknown): string => {
  try {
    read()
  } catch (error) {
    const { position, expected, found } = error as RuleError
    return `${position}: ${expected}; ${found}`
  }
  return 'none'
}

test('words are read one after the other, to the end', () => {
  const args = new Arguments('x response x-a "b c" 7 keep more', 2)
  assert.equal(args.left, 6)
  assert.deepEqual(
    [args.side(), args.fieldName(), args.fieldValue(), args.number('n', 1, 9), args.takes('no'), args.takes('keep')],
    ['response', 'x-a', 'b c', 7, false, true],
  )
  assert.equal(
    mistake(() => args.end()),
    '28: the end; "more"',
  )
  assert.deepEqual([args.optional(), args.optional()], ['more', undefined])
  args.end()
})

test('a mistake says where it is and what was expected', () => {
  const of = (text: string, read: (args: Arguments) => unknown) => mistake(() => read(new Arguments(text)))
  assert.equal(
    of('', args => args.word('a value')),
    '0: a value; the end',
  )
  assert.equal(
    of('both x', args => args.side()),
    '0: request or response; "both"',
  )
  assert.equal(of('"a b"', args => args.fieldName()).slice(0, 18), "0: a header's name")
  assert.equal(
    of("'a\nb'", args => args.fieldValue()),
    `0: a value without CR, LF or NUL; "'a\nb'"`,
  )
  for (const text of ['0', '10', '-1', '1e1', 'x', '1.5'])
    assert.match(
      of(text, args => args.number('n', 1, 9)),
      /^0: n;/,
    )
  assert.equal(
    of('d', args => args.oneOf(['a', 'b', 'c'])),
    '0: a, b or c; "d"',
  )
})

test('a relative path is that of the rule file', () => {
  const path = (text: string) => new Arguments(text, 0, '/etc/rules').path('a file')
  assert.deepEqual([path('a/b'), path('/a'), path('C:\\x')], ['/etc/rules/a/b', '/a', 'C:\\x'])
  assert.equal(new Arguments('a').path('a file'), 'a')
  assert.equal(
    mistake(() => new Arguments('""').path('a file')),
    '0: a file; """"',
  )
})

test('what is beyond ASCII stands in a head as its bytes of UTF-8', () => {
  assert.equal(onWire('é'), '\xc3\xa9')
  assert.equal(onWire('plain'), 'plain')
})
