import assert from 'node:assert/strict'
import { test } from 'node:test'
import { handshakeTypes, showHandshakeType } from '../../../../src/wire/tls/registry/message-types.ts'

test('messages have their names', () => {
  assert.deepEqual([1, 25, 99, 254].map(showHandshakeType), [
    'client_hello (1)',
    'compressed_certificate (25)',
    '0x0063',
    'message_hash (254)',
  ])
})

test('the types of RFC 8446 are where it puts them', () => {
  assert.deepEqual(
    [2, 4, 5, 8, 11, 13, 15, 20, 24].map(type => handshakeTypes[type]),
    [
      'server_hello',
      'new_session_ticket',
      'end_of_early_data',
      'encrypted_extensions',
      'certificate',
      'certificate_request',
      'certificate_verify',
      'finished',
      'key_update',
    ],
  )
})
