import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isAddressWithin } from '../../../../src/wire/x509/name-constraints/address.ts'

test('an address is within a network of its own kind', () => {
  assert.equal(isAddressWithin('10.1.2.3', '10.1.0.0/255.255.0.0'), true)
  assert.equal(isAddressWithin('10.2.2.3', '10.1.0.0/255.255.0.0'), false)
  assert.equal(isAddressWithin('10.1.2.3', '10.9.9.9/255.0.0.0'), true)
  assert.equal(isAddressWithin('2001:db8::1', '2001:db8::/ffff:ffff::'), true)
  assert.equal(isAddressWithin('::ffff:10.1.2.3', '10.0.0.0/255.0.0.0'), false)
})

test('a base without a mask says nothing', () => {
  assert.equal(isAddressWithin('10.1.2.3', '10.1.2.3'), undefined)
})
