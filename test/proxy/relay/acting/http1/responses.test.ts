import assert from 'node:assert/strict'
import { test } from 'node:test'
import { acts, get, onResponses, play, untilClose } from './acting-http1.ts'

test('a response without a length gets one with its new body', async () => {
  const { client, ends } = await play(
    () => onResponses(() => ({ type: 'change', acts, body: Buffer.from('new') }), 100),
    [
      ['to-server', get],
      ['to-client', untilClose],
      ['to-client', 'end'],
    ],
  )
  assert.equal(client, 'HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nnew')
  assert.deepEqual(ends, ['to-client'])
})
