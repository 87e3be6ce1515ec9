import assert from 'node:assert/strict'
import { test } from 'node:test'
import { markTone } from '../../src/view/marks.ts'

test('what matters stands out, what is the same does not', () => {
  assert.equal(markTone('!'), 'bad')
  assert.equal(markTone('='), 'dim')
  assert.notEqual(markTone('≠'), markTone('='))
})
