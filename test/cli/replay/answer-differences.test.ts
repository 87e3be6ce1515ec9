import assert from 'node:assert/strict'
import { test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { answerDifferences, type ComparedAnswer, usuallyIgnored } from '../../../src/cli/replay/answer-differences.ts'
import type { Header } from '../../../src/model/exchange.ts'

const answer = (
  status: number,
  headers: readonly Header[],
  text: string | Uint8Array,
  bodyBytes?: number,
): ComparedAnswer => {
  const body = Buffer.from(text)
  return { head: { status, reason: '', version: 'HTTP/1.1', headers }, body, bodyBytes: bodyBytes ?? body.length }
}
const ignored = new Set(usuallyIgnored)

test('equal answers have no difference, though their dates, framing and coding are others', () => {
  const one = answer(
    200,
    [
      ['Date', '1'],
      ['Content-Length', '4'],
      ['X', 'a'],
      ['x', 'b'],
    ],
    'text',
  )
  const other = answer(
    200,
    [
      [':status', '200'],
      ['x', 'a'],
      ['date', '2'],
      ['x', 'b'],
      ['transfer-encoding', 'chunked'],
    ],
    'text',
  )
  assert.deepEqual(answerDifferences(one, other, ignored), [])
  const coded = [['content-encoding', 'gzip']] as const
  const [fast, slow] = [1, 9].map(level => answer(200, coded, gzipSync('text'.repeat(99), { level })))
  assert.deepEqual(answerDifferences(fast!, slow!, ignored), [])
})

test('status, fields and the place in the body are told', () => {
  const was = answer(
    200,
    [
      ['a', '1'],
      ['gone', 'x'],
    ],
    'one\ntwo\nthree',
  )
  const is = answer(
    404,
    [
      ['A', '2'],
      ['new', 'y'],
    ],
    'one\ntwX\nthree',
  )
  assert.deepEqual(answerDifferences(was, is, ignored), [
    { what: 'status', was: '200', is: '404' },
    { what: 'header a', was: '1', is: '2' },
    { what: 'header gone', was: 'x' },
    { what: 'header new', is: 'y' },
    { what: 'body', was: '13 B, line 2: two', is: '13 B, line 2: twX' },
  ])
  assert.deepEqual(answerDifferences(answer(200, [['date', '1']], ''), answer(200, [['date', '2']], ''), new Set()), [
    { what: 'header date', was: '1', is: '2' },
  ])
})

test('a body that differs in its first byte, in its length or not at all', () => {
  const body = (was: string, is: string) => answerDifferences(answer(200, [], was), answer(200, [], is), ignored)[0]
  assert.deepEqual(body('a\nb', 'x\nb'), { what: 'body', was: '3 B, line 1: a', is: '3 B, line 1: x' })
  assert.deepEqual(body('ab', 'abc'), { what: 'body', was: '2 B, line 1: ab', is: '3 B, line 1: abc' })
  assert.deepEqual(body('ab\n', 'ab\nc'), { what: 'body', was: '3 B, line 2: (its end)', is: '4 B, line 2: c' })
  assert.equal(body('', ''), undefined)
})

test('of a cookie the name and attributes count, of a body that was not kept whole its length and beginning', () => {
  const cookie = (text: string) => answer(200, [['set-cookie', text]], '')
  assert.deepEqual(answerDifferences(cookie('id=1; Path=/; Max-Age=3'), cookie('id=2; Path=/; Max-Age=2'), ignored), [])
  assert.equal(answerDifferences(cookie('id=1; Secure'), cookie('id=1'), ignored).length, 1)
  assert.deepEqual(answerDifferences(answer(200, [], 'abc', 9), answer(200, [], 'abcdefghi'), ignored), [])
  assert.equal(answerDifferences(answer(200, [], 'abc', 9), answer(200, [], 'abcdefgh'), ignored).length, 1)
  assert.equal(answerDifferences(answer(200, [], 'abX', 9), answer(200, [], 'abcdefghi'), ignored).length, 1)
})
