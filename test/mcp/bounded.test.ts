import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bounded } from '../../src/mcp/bounded.ts'

test('what fits stays as it is', () => {
  const value = { a: ['b', 1, null, true], c: { d: 'e' } }
  assert.deepEqual(bounded(value, 100), { value, cut: false })
})

test('long texts and lists are cut, and say how much is missing', () => {
  const { value, cut } = bounded({ text: 'x'.repeat(100_000), list: Array(1000).fill(7) }, 20_000)
  const { text, list } = value as { text: string; list: unknown[] }
  assert.ok(cut)
  assert.match(text, /^x+… \(83616 more characters\)$/)
  assert.deepEqual([list.length, list.at(-1)], [201, '… (800 more)'])
})

test('nothing is longer than it may be, whatever it is', () => {
  const deep = (depth: number): unknown => (depth === 0 ? 'end' : [deep(depth - 1)])
  const wide = Object.fromEntries(Array.from({ length: 5000 }, (_, at) => [`name${at}`, 'x'.repeat(50)]))
  for (const value of [deep(1000), wide, Array(300).fill('y'.repeat(5000)), 'z'.repeat(1_000_000)]) {
    const { value: fitting, cut } = bounded(value, 4000)
    assert.ok(JSON.stringify(fitting).length <= 4000)
    assert.ok(cut)
  }
})
