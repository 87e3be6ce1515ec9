import assert from 'node:assert/strict'
import { test } from 'node:test'
import { get, ok, onRequests, onResponses, play } from './acting-http1.ts'

test('a claim that fails lets the message pass', async () => {
  const { server, client } = await play(
    () => ({
      ...onRequests(() => {
        throw new Error('no')
      }),
      ...onResponses(() => Promise.reject(new Error('no'))),
    }),
    [
      ['to-server', get],
      ['to-client', ok],
    ],
  )
  assert.deepEqual([server, client], [get, ok])
})
