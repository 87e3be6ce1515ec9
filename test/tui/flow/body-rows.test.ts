import assert from 'node:assert/strict'
import { test } from 'node:test'
import { foldingRows } from '../../../src/tui/flow/body-rows.ts'
import { columnsOf, plain } from '../../../src/tui/line.ts'
import { Outline } from '../../../src/view/body/outline.ts'

function tree() {
  const outline = new Outline(100)
  outline.open('{', '$')
  outline.open('"a": [', '$.a')
  outline.line('1')
  outline.close(']', ' … ]')
  outline.line('"b": 2')
  outline.close('}', ' … }')
  return outline.finish()
}

const rows = (flipped: readonly string[] = [], columns = 40) => foldingRows('body', tree(), new Set(flipped), columns)

test('what can be folded has a sign, and every row knows the fold that it stands in', () => {
  assert.deepEqual(
    rows().map(({ line, fold, opens }) => [plain(line), fold, opens ?? false]),
    [
      [' ▾ {', 'body $', true],
      ['   ▾ "a": [', 'body $.a', true],
      ['       1', 'body $.a', false],
      ['     ]', 'body $.a', false],
      ['     "b": 2', 'body $', false],
      ['   }', 'body $', false],
    ],
  )
})

test('a fold that is flipped hides its lines', () => {
  assert.deepEqual(
    rows(['body $.a']).map(({ line }) => plain(line)),
    [' ▾ {', '   ▸ "a": [ … ]', '     "b": 2', '   }'],
  )
})

test('a long line goes on in the next row, its spans keeping their look, and no row is too wide', () => {
  const spans = [{ text: 'x'.repeat(50), tone: 'string' as const }, { text: 'y'.repeat(30) }]
  const wide = foldingRows('body', [{ text: '', depth: 2, spans }], new Set(), 40)
  assert.ok(wide.every(({ line }) => columnsOf(line) <= 40))
  assert.equal(wide.map(({ line }) => plain(line).trim()).join(''), 'x'.repeat(50) + 'y'.repeat(30))
  assert.equal(wide[0]!.line.at(-1)!.tone, 'good')
})

test('the colours of an image stay with their half blocks', () => {
  const [row] = foldingRows(
    'body',
    [{ text: '▀', depth: 0, spans: [{ text: '▀', fg: '#ff0000', bg: '#0000ff' }] }],
    new Set(),
    40,
  )
  assert.deepEqual(row!.line.at(-1), { text: '▀', fg: '#ff0000', bg: '#0000ff' })
})
