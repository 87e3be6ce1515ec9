import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Allowance } from '../../src/processes/allowance.ts'

test('what is saved may be spent at once, then only the share that passes', () => {
  const allowance = new Allowance(0.1, 50, 1000)
  assert.equal(allowance.wait(1000), 0)
  allowance.spend(49)
  assert.equal(allowance.wait(1000), 0)
  allowance.spend(5)
  assert.equal(allowance.wait(1000), 40)
  assert.equal(allowance.wait(1020), 20)
  assert.equal(allowance.wait(1050), 0)
})

test('no more is saved than the most', () => {
  const allowance = new Allowance(0.1, 50, 0)
  assert.equal(allowance.wait(1_000_000), 0)
  allowance.spend(60)
  assert.equal(allowance.wait(1_000_000), 100)
})
