import assert from 'node:assert/strict'
import { test } from 'node:test'
import { handshakeTypes, showContentType, showHandshakeType } from '../../../../src/wire/tls/registry/message-types.ts'

test('records and messages have their names', () => {
  assert.deepEqual([20, 22, 99].map(showContentType), ['change_cipher_spec (20)', 'handshake (22)', '0x0063'])
  assert.deepEqual([1, 25, 254].map(showHandshakeType), [
    'client_hello (1)',
    'compressed_certificate (25)',
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
