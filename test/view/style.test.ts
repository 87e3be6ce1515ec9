import assert from 'node:assert/strict'
import { test } from 'node:test'
import { markTone, paint } from '../../src/view/style.ts'

test('without colour nothing is added', () => {
  assert.equal(paint('x', 'bad', { color: false }), 'x')
})

test('colour is switched off again after the text', () => {
  assert.equal(paint('x', 'bad', { color: true }), '\x1b[31mx\x1b[39m')
  assert.equal(paint('x', undefined, { color: true }), 'x')
  assert.equal(paint('', 'dim', { color: true }), '')
})

test('what matters stands out, what is the same does not', () => {
  assert.equal(markTone('!'), 'bad')
  assert.equal(markTone('='), 'dim')
  assert.notEqual(markTone('≠'), markTone('='))
})
