import assert from 'node:assert/strict'
import { test } from 'node:test'
import { shownOf, vectorHex } from '../tls-fixtures.ts'
import { readBody, tls12, tls13 } from './read-body.ts'

test('TLS 1.2 has a lifetime and a ticket', () => {
  const { value } = readBody(4, `00001c20 ${vectorHex(2, 'abab')}`, tls12())
  assert.ok(value.name === 'new_session_ticket')
  assert.deepEqual(value.ticket, { lifetime: 7200, ticket: new Uint8Array([0xab, 0xab]) })
})

test('TLS 1.3 has an age, a nonce and extensions too', () => {
  const read = readBody(
    4,
    `00093a80 00000007 01 09 ${vectorHex(2, 'abab')} ${vectorHex(2, '002a 0004 00004000')}`,
    tls13,
  )
  assert.ok(read.value.name === 'new_session_ticket')
  const { ticket, nonce, ...rest } = read.value.ticket
  assert.deepEqual([rest, ticket.length, nonce?.length], [{ lifetime: 604_800, ageAdd: 7, maxEarlyData: 16_384 }, 2, 1])
  assert.equal(shownOf(read.fields, 'ticket_lifetime'), '604800 s (7 d)')
})

for (const [seconds, shown] of [
  ['00000001', '1 s'],
  ['00000078', '120 s (2 min)'],
  ['00000000', '0 (unspecified)'],
] as const)
  test(`a lifetime of ${shown}`, () => {
    assert.equal(shownOf(readBody(4, `${seconds} 0000`, tls12()).fields, 'ticket_lifetime_hint'), shown)
  })
