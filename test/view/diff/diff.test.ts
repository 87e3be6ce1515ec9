import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type DiffLine, diffLines } from '../../../src/view/diff/diff.ts'

const shown = (lines: readonly DiffLine[]) => lines.map(({ mark, text }) => mark + text).join(' ')
const diff = (left: string, right: string, limits = {}) => shown(diffLines([...left], [...right], limits))

test('as few lines as possible change', () => {
  assert.equal(diff('abc', 'abc'), '=a =b =c')
  assert.equal(diff('abc', 'axc'), '=a -b +x =c')
  assert.equal(diff('', 'a'), '+a')
  assert.equal(diff('a', ''), '-a')
  assert.equal(diff('', ''), '')
  assert.equal([...diff('abcabba', 'cbabac').matchAll(/[-+]/g)].length, 5)
})

test('lines know their numbers on both sides', () => {
  assert.deepEqual(diffLines(['a', 'b'], ['b', 'c']), [
    { mark: '-', text: 'a', left: 1 },
    { mark: '=', text: 'b', left: 2, right: 1 },
    { mark: '+', text: 'c', right: 2 },
  ])
})

const longestCommon = (a: string, b: string): number => {
  const row = Array(b.length + 1).fill(0) as number[]
  for (const c of a) {
    let corner = 0
    for (let j = 1; j <= b.length; j++) {
      const up = row[j]!
      row[j] = c === b[j - 1] ? corner + 1 : Math.max(up, row[j - 1]!)
      corner = up
    }
  }
  return row[b.length]!
}

test('for any two texts, both can be read back and no more than necessary changes', () => {
  let seed = 7
  const random = (below: number) => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648
    return Math.floor((seed / 2_147_483_648) * below)
  }
  const text = () => Array.from({ length: random(14) }, () => 'abcd'[random(4)]).join('')
  for (let i = 0; i < 500; i++) {
    const [left, right] = [text(), text()]
    const lines = diffLines([...left], [...right])
    const side = (other: string) => lines.flatMap(line => (line.mark === other ? [] : [line.text])).join('')
    assert.equal(side('+'), left)
    assert.equal(side('-'), right)
    assert.equal(lines.filter(({ mark }) => mark === '=').length, longestCommon(left, right), `${left} ${right}`)
  }
})

test('over the limits only the common beginning and end are kept', () => {
  assert.equal(diff('abcde', 'axcye', { mostEdits: 3 }), '=a -b -c -d +x +c +y =e')
  assert.equal(diff('abcde', 'axcye', { mostLines: 5 }), '=a -b -c -d +x +c +y =e')
  assert.equal(diff('abcde', 'axcye', { mostEdits: 4 }), '=a -b +x =c -d +y =e')
})

test('two texts of many different lines take no time', () => {
  const side = (name: string) => Array.from({ length: 20_000 }, (_, i) => `${name}${i}`)
  assert.equal(diffLines(side('a'), side('b')).length, 40_000)
})
