import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { HalfStream } from '../../../src/wire/tcp/half-stream.ts'

function listening() {
  const told: string[] = []
  const add = (text: string) =>
    told.at(-1)?.startsWith('[') || text.startsWith('[') ? told.push(text) : told.push(told.pop() + text)
  const half = new HalfStream({
    data: (_at, bytes) =>
      void (told.length === 0 ? told.push(Buffer.from(bytes).toString()) : add(Buffer.from(bytes).toString())),
    gap: (_at, length) => void told.push(`[${length} missing]`),
    end: () => void told.push('[end]'),
  })
  const push = (sequence: number, text: string, { length = text.length, fin = false } = {}) =>
    half.push(0, sequence >>> 0, Buffer.from(text), length, fin)
  return { half, told, push }
}

test('segments come in any order, twice, and overlap; the bytes that came first count', () => {
  const { half, told, push } = listening()
  half.begin(100)
  push(105, 'five')
  push(100, 'zero!')
  push(100, 'ZERO!')
  push(107, 'XXnine')
  assert.deepEqual(told, ['zero!fivenine'])
  assert.equal(half.position, 13)
})

test('sequence numbers wrap around', () => {
  const { half, told, push } = listening()
  half.begin(0xfffffffe)
  push(3, 'fgh')
  push(0xfffffffe, 'abcde')
  assert.deepEqual(told, ['abcdefgh'])
})

test('a keep-alive repeats a byte that is known', () => {
  const { half, told, push } = listening()
  half.begin(10)
  push(10, 'abc')
  push(12, '\0')
  push(12, '')
  push(13, 'def')
  assert.deepEqual(told, ['abcdef'])
})

test('what a snap length cut is a gap', () => {
  const { half, told, push } = listening()
  half.begin(0)
  push(0, 'abc', { length: 10 })
  push(10, 'def')
  assert.deepEqual(told, ['abc', '[7 missing]', 'def'])
})

test('what is acknowledged and was not told is owed, until it is passed', () => {
  const { half, told, push } = listening()
  half.begin(0)
  push(0, 'abc')
  push(6, 'ghi')
  assert.deepEqual([half.owes(3), half.owes(6), half.owes(9)], [false, true, true])
  half.pass(0, 9)
  assert.deepEqual(told, ['abc', '[3 missing]', 'ghi'])
  assert.deepEqual([half.owes(9), half.owes(10), half.owes(11)], [false, false, true]) // one may be a FIN
})

test('a FIN ends it when all before it was told', () => {
  const { half, told, push } = listening()
  half.begin(0)
  push(3, 'def', { fin: true })
  assert.equal(half.hasEnded, false)
  push(0, 'abc')
  push(6, 'more')
  assert.deepEqual(told, ['abcdef', '[end]'])
})

test('what waits when nothing follows is told with its gaps, and ends only where a FIN said so', () => {
  const { half, told, push } = listening()
  half.begin(0)
  push(3, 'def')
  push(8, '', { fin: true })
  half.close(0)
  assert.deepEqual(told, ['[3 missing]', 'def', '[2 missing]', '[end]'])
  const open = listening()
  open.push(0, 'abc')
  open.half.close(0)
  assert.deepEqual(open.told, ['abc'])
})

test('without a begin the first segment is the first; far jumps are no part of it', () => {
  const { half, told, push } = listening()
  push(5000, 'abc')
  push(4990, 'before')
  push(5000 + 2 ** 30 + 100, 'far')
  push(5003, 'def')
  half.close(0)
  assert.deepEqual(told, ['abcdef'])
})

test('a buffer that is full waits no more', () => {
  const { told, half } = listening()
  half.begin(0)
  for (let i = 1; i <= 1100; i++) half.push(0, i * 2, Buffer.from('x'), 1, false)
  assert.equal(told[0], '[2 missing]')
})

test('the bytes are those that were sent, however they are cut, repeated and mixed', () => {
  const text = Array.from({ length: 120 }, (_, i) => String.fromCharCode(97 + (i % 26))).join('')
  const cut = fc.tuple(fc.nat(119), fc.integer({ min: 1, max: 20 }))
  fc.assert(
    fc.property(fc.array(cut, { maxLength: 60 }), fc.nat(0xffffffff), (cuts, first) => {
      const { half, told, push } = listening()
      half.begin(first)
      for (const [from, length] of cuts) push(first + from, text.slice(from, from + length))
      for (let from = 0; from < text.length; from += 7) push(first + from, text.slice(from, from + 7))
      assert.equal(told.join(''), text)
    }),
  )
})
