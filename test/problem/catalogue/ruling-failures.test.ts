import assert from 'node:assert/strict'
import { test } from 'node:test'
import { rulingFailures } from '../../../src/problem/catalogue/ruling-failures.ts'

test('each names its cause in a clause, and Parley, which did what a person asked for', () => {
  for (const [code, { cause, blame, remedy }] of Object.entries(rulingFailures)) {
    assert.match(code, /^rule\/[a-z-]+$/)
    assert.match(cause, /^(?:[a-z]|Parley).*[^.]$/)
    assert.equal(blame, 'parley')
    assert.match(remedy, /^[A-Z].*\.$/)
  }
})
