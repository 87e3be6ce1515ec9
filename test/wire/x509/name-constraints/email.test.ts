import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isEmailWithin } from '../../../../src/wire/x509/name-constraints/email.ts'

test('a base is a mailbox, a host or a domain', () => {
  const within = (base: string): boolean | undefined => isEmailWithin('u@b.a.test', base)
  assert.deepEqual(['u@b.a.test', 'u@B.A.test', 'b.a.test', '.a.test', '@b.a.test'].map(within), Array(5).fill(true))
  assert.deepEqual(['U@b.a.test', 'v@b.a.test', 'a.test', '.b.a.test', ''].map(within), Array(5).fill(false))
  assert.equal(isEmailWithin('"x@y"@a.test', 'a.test'), true)
})

test('what is no mailbox is neither within nor without', () => {
  assert.equal(isEmailWithin('a.test', 'a.test'), undefined)
})
