import assert from 'node:assert/strict'
import { test } from 'node:test'
import { vectorHex } from '../tls-fixtures.ts'
import { readBody, tls13 } from './read-body.ts'

test('the chosen protocol and accepted early data are its facts', () => {
  const { value } = readBody(8, vectorHex(2, '0010 0005 0003 02 6832 002a 0000'), tls13)
  assert.ok(value.name === 'encrypted_extensions')
  assert.deepEqual(
    [value.extensions.alpn, value.extensions.earlyData, value.extensions.extensions.length],
    ['h2', true, 2],
  )
})

test('an empty list is well-formed, a missing one is not', () => {
  assert.equal(readBody(8, '0000', tls13).malformed, undefined)
  assert.match(readBody(8, '', tls13).malformed!, /extensions_length needs 2 bytes/)
})
