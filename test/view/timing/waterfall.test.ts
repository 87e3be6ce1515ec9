import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Phase, Timing } from '../../../src/view/timing/timing.ts'
import { rangeOf, timingLines, waterfallBar } from '../../../src/view/timing/waterfall.ts'

const timing = (...phases: Phase[]): Timing => {
  const startedAt = phases[0]!.from
  const endedAt = phases.at(-1)!.to
  return { startedAt, endedAt, phases, total: endedAt - startedAt }
}
const sample = timing(
  { name: 'send', from: 20, to: 40 },
  { name: 'wait', from: 40, to: 80 },
  { name: 'receive', from: 80, to: 100 },
)
const bar = (...parts: Parameters<typeof waterfallBar>) =>
  waterfallBar(...parts)
    .map(({ text }) => text)
    .join('')

test('every phase in its place', () => {
  assert.equal(bar(sample, { from: 0, to: 100 }, 10), '  ▌▌────██')
  assert.deepEqual(waterfallBar(sample, { from: 0, to: 100 }, 10)[1], { text: '▌▌', phase: 'send' })
})

test('a column shows what fills most of it', () => {
  assert.equal(bar(sample, { from: 0, to: 100 }, 2), '▌─')
})

test('what is too short to see has one column', () => {
  assert.equal(bar(timing({ name: 'wait', from: 50, to: 50 }), { from: 0, to: 100 }, 4), '  ─ ')
  assert.equal(bar(timing({ name: 'receive', from: 100, to: 100 }), { from: 0, to: 100 }, 4), '   █')
})

test('a range holds all', () => {
  assert.deepEqual(rangeOf([sample, timing({ name: 'wait', from: 5, to: 7 })]), { from: 5, to: 100 })
})

test('a line for each phase, labelled', () => {
  const lines = timingLines(sample, 50)
  assert.deepEqual(
    lines.map(({ label }) => label),
    ['send                     20 ms ', 'wait                     40 ms ', 'receive                  20 ms '],
  )
  for (const line of lines) assert.equal(line.bar.map(({ text }) => text).join('').length, 19)
})

test('a bar is as wide as asked for, whatever the times', () => {
  fc.assert(
    fc.property(fc.nat(60), fc.nat(100), fc.nat(100), fc.nat(200), fc.nat(200), (columns, start, length, from, to) => {
      const any = timing({ name: 'wait', from: start, to: start + length })
      assert.equal(bar(any, { from, to }, columns).length, columns)
    }),
  )
})
