import assert from 'node:assert/strict'
import { test } from 'node:test'
import { checkTicketFlags } from '../../../../../src/wire/tls/client/after/ticket-flags.ts'

test('flags that nobody here knows are passed over', () => {
  checkTicketFlags(undefined)
  checkTicketFlags(Buffer.of(1, 0x02))
  checkTicketFlags(Buffer.of(2, 0, 0x80))
})

test('a list of flags has a byte at least, and as many as it says', () => {
  for (const flags of [Buffer.alloc(0), Buffer.of(0), Buffer.of(1), Buffer.of(2, 1), Buffer.of(1, 1, 1)])
    assert.throws(() => checkTicketFlags(flags), { alert: 50 })
})

test('there is no byte behind the last flag', () => {
  assert.throws(() => checkTicketFlags(Buffer.of(2, 1, 0)), { alert: 47 })
})
