import assert from 'node:assert/strict'
import { test } from 'node:test'
import { osc52 } from '../../src/tui/clipboard.ts'

test('the text goes to the clipboard in base64, so that nothing in it reaches the terminal', () => {
  assert.equal(osc52('a\x1b]0;x\x07'), `\x1b]52;c;${Buffer.from('a\x1b]0;x\x07').toString('base64')}\x07`)
})

test('a text that terminals would drop is refused', () => {
  assert.equal(osc52('x'.repeat(60_000)), undefined)
  assert.notEqual(osc52('x'.repeat(50_000)), undefined)
})
