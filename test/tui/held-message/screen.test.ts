import assert from 'node:assert/strict'
import { test } from 'node:test'
import { heldJson, heldSession } from './held.ts'

for (const [columns, rows] of [
  [80, 24],
  [160, 48],
  [30, 8],
] as const) {
  test(`a held message at ${columns}×${rows}`, () => {
    const { keys, page } = heldSession([heldJson(1, '{\n "a": 1\n}')], {}, columns, rows)
    keys('I')
    const lines = page().split('\n')
    assert.equal(lines.length, rows - 1)
    for (const line of lines) assert.ok([...line].length <= columns, line)
    assert.match(lines[0]!, / Held request/)
  })
}

test('a search goes to the row that has the text', () => {
  const { keys, type, session } = heldSession([heldJson(1)])
  keys('I', '/')
  type('x-mode')
  keys('enter')
  assert.equal((session.state.screens.at(-1) as { cursor?: number }).cursor, 3)
})
