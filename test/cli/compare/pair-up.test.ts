import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { pairBy } from '../../../src/cli/compare/pair-up.ts'

const exact = (text: string): string => text
const letter = (text: string): string => text[0]!

test('like is paired with like in its order, and what is left by the looser key', () => {
  assert.deepEqual(pairBy(['a1', 'b1', 'a2', 'a1', 'c1'], ['a1', 'a3', 'd1', 'a1', 'b1', 'b2'], [exact, letter]), {
    pairs: [
      ['a1', 'a1'],
      ['b1', 'b1'],
      ['a1', 'a1'],
      ['a2', 'a3'],
    ],
    onlyLeft: ['c1'],
    onlyRight: ['d1', 'b2'],
  })
})

test('nothing is lost, and nothing is paired twice', () => {
  const items = fc.array(fc.constantFrom('a1', 'a2', 'b1', 'b2', 'c1'), { maxLength: 12 })
  fc.assert(
    fc.property(items, items, (left, right) => {
      const { pairs, onlyLeft, onlyRight } = pairBy(left, right, [exact, letter])
      assert.deepEqual([...pairs.map(([one]) => one), ...onlyLeft].sort(), left.toSorted())
      assert.deepEqual([...pairs.map(([, other]) => other), ...onlyRight].sort(), right.toSorted())
      for (const [one, other] of pairs) assert.equal(letter(one), letter(other))
      const rest = new Set(onlyRight.map(letter))
      assert.deepEqual(
        onlyLeft.filter(one => rest.has(letter(one))),
        [],
      )
    }),
  )
})
