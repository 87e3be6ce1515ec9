import assert from 'node:assert/strict'
import { test } from 'node:test'
import { messageTitle } from '../../../src/wire/tls/message-title.ts'

test('titles are spelled as in the RFCs', () => {
  assert.deepEqual(
    (['client_hello', 'change_cipher_spec', 'hello_retry_request', 'alert'] as const).map(messageTitle),
    ['ClientHello', 'ChangeCipherSpec', 'HelloRetryRequest', 'Alert'],
  )
})
