import assert from 'node:assert/strict'
import { test } from 'node:test'
import { clampTop, reveal } from '../../../src/tui/state/scroll.ts'

test('what is seen already moves nothing', () => {
  assert.equal(reveal(10, 12, 14, 5), 10)
})

test('what is above or below comes to the nearer edge', () => {
  assert.equal(reveal(10, 4, 6, 5), 4)
  assert.equal(reveal(10, 20, 22, 5), 17)
})

test('what is higher than the screen shows its start', () => {
  assert.equal(reveal(0, 8, 30, 5), 8)
})

test('no room stays empty below while there is something above', () => {
  assert.equal(clampTop(50, 20, 5), 15)
  assert.equal(clampTop(3, 2, 5), 0)
  assert.equal(clampTop(Number.POSITIVE_INFINITY, 20, 5), 15)
  assert.equal(clampTop(Number.NEGATIVE_INFINITY, 20, 5), 0)
})
