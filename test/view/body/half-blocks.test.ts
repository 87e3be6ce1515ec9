import assert from 'node:assert/strict'
import { test } from 'node:test'
import { halfBlocks } from '../../../src/view/body/half-blocks.ts'

const image = (width: number, height: number, at: (x: number, y: number) => number) => ({ width, height, at })

test('two pixels share a character, one above the other', () => {
  const lines = halfBlocks(
    image(2, 2, (x, y) => (y === 0 ? 0xff0000ff : x === 0 ? 0x00ff00ff : 0x0000ffff)),
    10,
    10,
  )
  assert.deepEqual(lines, [
    {
      text: '▀▀',
      depth: 0,
      spans: [
        { text: '▀', fg: '#ff0000', bg: '#00ff00' },
        { text: '▀', fg: '#ff0000', bg: '#0000ff' },
      ],
    },
  ])
})

test('same neighbours are one span, an odd last row has no lower half', () => {
  assert.deepEqual(
    halfBlocks(
      image(3, 1, () => 0x010203ff),
      10,
      10,
    )[0]!.spans,
    [{ text: '▀▀▀', fg: '#010203' }],
  )
})

test('a large image shrinks to the space and keeps its shape', () => {
  const lines = halfBlocks(
    image(4000, 2000, (x, y) => (x < 4000 && y < 2000 ? 0xffffffff : 0)),
    40,
    30,
  )
  assert.equal(lines.length, 10)
  assert.equal(lines[0]!.text.length, 40)
  assert.deepEqual(lines[9]!.spans, [{ text: '▀'.repeat(40), fg: '#ffffff', bg: '#ffffff' }])
})

test('colours are averaged, what is transparent is grey', () => {
  const squares = halfBlocks(
    image(2, 2, x => (x === 0 ? 0xffffffff : 0x000000ff)),
    1,
    1,
  )
  assert.equal(squares[0]!.spans![0]!.fg, '#808080')
  assert.equal(
    halfBlocks(
      image(1, 1, () => 0xffffff00),
      1,
      1,
    )[0]!.spans![0]!.fg,
    '#808080',
  )
})
