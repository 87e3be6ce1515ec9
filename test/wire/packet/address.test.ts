import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addressOf } from '../../../src/wire/packet/address.ts'

test('addresses are told as people write them', () => {
  assert.equal(addressOf(Uint8Array.of(9, 192, 168, 0, 1), 1, 4), '192.168.0.1')
  assert.equal(
    addressOf(Buffer.concat([Buffer.from('20010db8', 'hex'), Buffer.alloc(11), Buffer.from([5])]), 0, 16),
    '2001:db8::5',
  )
})
