import assert from 'node:assert/strict'
import { test } from 'node:test'
import { descriptorLimit, limitIn } from '../../../src/cli/threads/descriptor-limit.ts'

test('the soft limit is read as Linux writes it, and none where there is none', () => {
  assert.equal(limitIn('Max processes  10  10  processes\nMax open files            1024   4096   files\n'), 1024)
  assert.equal(limitIn('Max open files            unlimited   unlimited   files\n'), Number.POSITIVE_INFINITY)
})

test('without /proc the limit is asked of Node', () => {
  assert.ok(descriptorLimit('/nowhere/limits') > 20)
})
