import assert from 'node:assert/strict'
import { test } from 'node:test'
import { indented, visibleLines } from '../../../src/view/body/fold.ts'
import { renderJson } from '../../../src/view/body/json.ts'
import { plainContext } from './render.ts'

const lines = renderJson({ bytes: Buffer.from('{"a":[1,2],"b":{"c":3}}'), mediaType: '' }, plainContext())!

test('a folded line stands for all of its own', () => {
  const visible = visibleLines(lines, new Set([1]))
  assert.deepEqual(
    visible.map(({ line }) => indented(line)),
    ['{', '  "a": [ … 2 ],', '  "b": {', '    "c": 3', '  }', '}'],
  )
  assert.deepEqual(
    visible.map(({ index }) => index),
    [0, 1, 5, 6, 7, 8],
  )
})

test('an index that cannot be folded changes nothing', () => {
  assert.equal(visibleLines(lines, new Set([2, 99])).length, lines.length)
})
