import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Outline } from '../../../src/view/body/outline.ts'
import { hexWords, ValueLines } from '../../../src/view/body/value-lines.ts'

test('values have their names, words in front and paths', () => {
  const lines = new ValueLines(new Outline(10))
  lines.open('{')
  lines.member('"a"', 0)
  lines.lead('tag 1')
  lines.scalar('5', 'number')
  lines.done()
  lines.close('}', 1)
  assert.deepEqual(
    lines.outline.finish().map(({ text, path }) => [text, path]),
    [
      ['{', '$'],
      ['"a": tag 1 5', '$["a"]'],
      ['}', undefined],
    ],
  )
})

test('long bytes are cut and counted', () => {
  assert.equal(hexWords(Uint8Array.of(1, 255)), "h'01ff'")
  assert.match(hexWords(new Uint8Array(300)), /^h'(00){32}…' \(300 bytes\)$/)
})
