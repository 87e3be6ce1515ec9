import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hexLines } from '../../src/view/hex-lines.ts'

const bytes = Uint8Array.from({ length: 20 }, (_, i) => 0x3e + i)

test('sixteen bytes a line, with offset and characters', () => {
  const [first, second] = hexLines(bytes)
  assert.equal(first?.text, '00000000  3e 3f 40 41 42 43 44 45  46 47 48 49 4a 4b 4c 4d  >?@ABCDEFGHIJKLM')
  assert.equal(second?.offset, 16)
  assert.equal(second?.text.trimEnd(), '00000010  4e 4f 50 51                                       NOPQ')
})

test('bytes that are no ASCII show as dots', () => {
  assert.match(hexLines(Uint8Array.of(0x1b, 0x80, 0x41))[0]!.text, / \.\.A$/)
})

test('a highlight lights the same bytes in both columns, over a line end too', () => {
  const lit = hexLines(bytes, { start: 7, end: 18 }).map(line =>
    line.lit.map(([start, end]) => line.text.slice(start, end)),
  )
  assert.deepEqual(lit, [
    ['45  46 47 48 49 4a 4b 4c 4d', 'EFGHIJKLM'],
    ['4e 4f', 'NO'],
  ])
})

test('a highlight elsewhere lights nothing', () => {
  assert.deepEqual(hexLines(bytes, { start: 16, end: 17 })[0]!.lit, [])
  assert.deepEqual(hexLines(bytes, { start: 3, end: 3 })[0]!.lit, [])
  assert.deepEqual(
    hexLines(bytes, { start: 90, end: 99 }).flatMap(line => line.lit),
    [],
  )
})
