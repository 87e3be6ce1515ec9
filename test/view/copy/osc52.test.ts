import assert from 'node:assert/strict'
import { test } from 'node:test'
import { osc52 } from '../../../src/view/copy/osc52.ts'

test('the text is in the sequence as base64, so that nothing in it can end it', () => {
  assert.equal(osc52('ö\x07\x1b'), `\x1b]52;c;${Buffer.from('ö\x07\x1b').toString('base64')}\x07`)
})

test('a text that terminals would drop is refused', () => {
  assert.equal(osc52('x'.repeat(75_001)), undefined)
  assert.ok(osc52('x'.repeat(75_000)))
})
