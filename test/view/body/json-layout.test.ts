import assert from 'node:assert/strict'
import { test } from 'node:test'
import { layOutJson } from '../../../src/view/body/json-layout.ts'
import { Outline } from '../../../src/view/body/outline.ts'

function layOut(text: string) {
  const outline = new Outline(100)
  return { stop: layOutJson(text, outline), lines: outline.finish() }
}

test('every value has its path', () => {
  const { lines } = layOut('{"a":[1,{"b c":2}]}')
  assert.deepEqual(
    lines.map(({ path }) => path),
    ['$', '$.a', '$.a[0]', '$.a[1]', '$.a[1]["b c"]', undefined, undefined, undefined],
  )
})

test('names and values are spans with a tone', () => {
  assert.deepEqual(layOut('{"a":1}').lines[1]!.spans, [
    { text: '"a"', tone: 'name' },
    { text: ': ' },
    { text: '1', tone: 'number' },
  ])
})

test('the first thing that JSON does not allow is named', () => {
  const wrong = { '[1 2]': 3, '{1:2}': 1, '[,]': 1, '{"a" 1}': 5, '[]]': 2, '{"a":}': 5, '': 0, '[1,': 3, '{"a"': 4 }
  for (const [text, at] of Object.entries(wrong)) assert.equal(layOut(text).stop?.at, at, text)
  for (const text of ['1', '"a"', '[]', '{}', ' null ', '[[],{}]']) assert.equal(layOut(text).stop, undefined, text)
})

test('a name of half a megabyte is no part of a thousand paths', () => {
  const { lines } = layOut(`{"${'x'.repeat(500_000)}":[${'1,'.repeat(1000)}1]}`)
  assert.equal(lines[2]!.path, undefined)
})
