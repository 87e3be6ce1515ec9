import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { ldap } from '../../../../src/proxy/tunnel/starttls/ldap.ts'
import { conversations } from './conversations.ts'

const [[, request], [, response]] = conversations.ldap as unknown as readonly [
  readonly ['', Buffer],
  readonly ['', Buffer],
]

test('the extended request by its name asks, and success agrees', () => {
  assert.deepEqual(
    [ldap.begins(request), ldap.asks(request), ldap.agrees!(response, request)],
    [true, request.length, true],
  )
  const whoAmI = Buffer.from(request)
  whoAmI.write('8', request.length - 1)
  assert.equal(ldap.asks(whoAmI), undefined)
  const bind = Buffer.from('300c020101600702010304008000', 'hex')
  assert.ok(!ldap.begins(bind))
})

test('lengths in the long form are read', () => {
  const long = Buffer.concat([Buffer.from([0x30, 0x84, 0, 0, 0, request.length - 2]), request.subarray(2)])
  assert.equal(ldap.asks(long), long.length)
})

test('whatever the bytes are, nothing is thrown', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 60 }), tail => {
      const bytes = Buffer.from([0x30, ...tail])
      for (const answer of [ldap.begins(bytes), ldap.agrees!(bytes, request)]) assert.equal(typeof answer, 'boolean')
      ldap.asks(bytes)
    }),
  )
})
