import assert from 'node:assert/strict'
import { test } from 'node:test'
import { columnsOf } from '../../../src/tui/line.ts'
import { pageOf } from '../../../src/tui/shell/page.ts'
import { press, sampleWorld, texts } from '../world.ts'

const world = await sampleWorld()
const sizes = [
  [60, 20],
  [80, 24],
  [99, 24],
  [100, 30],
  [129, 40],
  [160, 48],
] as const
const hostileFlow = [...'jjjjjjjj', 'enter']
const screens: Readonly<Record<string, readonly string[]>> = {
  list: [],
  'end of the list': ['G'],
  'a filter that is typed': ['f', '~', 'd'],
  'a filter that holds': ['f', ...'~m', 'space', ...'POST', 'enter'],
  'a filter that nothing fits': ['f', ...'zzz', 'enter'],
  'a command that is typed': [':', 'f'],
  'the copy menu': ['y'],
  request: ['enter'],
  response: [...'jj', 'enter'],
  'a hostile request': [...hostileFlow, '1'],
  'a hostile response': [...hostileFlow, '2'],
  'a body as hex': [...hostileFlow, 'm', 'm'],
  summary: ['enter', '3'],
  timing: ['enter', '4'],
  handshake: ['c', ...'jjjj'],
  compare: ['c', '2'],
  keys: ['c', '3', 'x'],
  records: ['c', '4'],
  timeline: ['c', '5'],
  'a failed connection': [...'jjjjjj', 'enter'],
  message: ['c', ...'jj', 'enter', ...'jjjj'],
  'a message explained': ['c', ...'jj', 'enter', 'e'],
  help: ['?'],
  'help on a connection': ['c', '?'],
  log: ['E'],
}

for (const [name, keys] of Object.entries(screens))
  test(`${name}: every frame fills the terminal but for one row, and no line is too wide`, () => {
    for (const [columns, rows] of sizes) {
      const sized = { ...world, columns, rows }
      const frame = pageOf(press(sized, keys), sized)
      assert.equal(frame.length, rows - 1, `${columns}x${rows}`)
      for (const spans of frame) assert.ok(columnsOf(spans) <= columns, `${columns}x${rows}: ${texts([spans])}`)
    }
  })

// What Ink or the terminal would act on: C0, C1, bidi and zero-width characters (DESIGN 2.10).
const dangerous = /[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]/

for (const [name, keys] of Object.entries(screens))
  test(`${name}: nothing that came from the network reaches the terminal unescaped`, () => {
    const sized = { ...world, columns: 160, rows: 48 }
    for (const text of texts(pageOf(press(sized, keys), sized))) assert.doesNotMatch(text, dangerous)
  })

test('the hostile sample is there to be seen, escaped', () => {
  const sized = { ...world, columns: 160, rows: 48 }
  const shown = (keys: readonly string[]) => texts(pageOf(press(sized, keys), sized)).join('\n')
  for (const name of ['list', 'a hostile request', 'a hostile response', 'log'])
    assert.match(shown(screens[name]!), /\\x1b\[31mred/, name)
})
