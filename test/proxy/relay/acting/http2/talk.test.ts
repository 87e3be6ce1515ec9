import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ascii, claimRequest, post, talking } from './peers.ts'

test('what is owed is given back to who sent it, and no more of a stream that has ended', () => {
  const at = talking({
    request: () => claimRequest({ type: 'answer', acts: [], answer: { status: 200, headers: [], body: ascii('') } }),
  })
  at.fromClient(
    at.client.preface,
    at.client.headers(1, post('/')),
    at.client.data(1, 'ab'),
    at.client.data(1, 'c', true),
  )
  assert.deepEqual(at.atClient().slice(1), ['WINDOW_UPDATE 0 2', 'WINDOW_UPDATE 1 2', 'WINDOW_UPDATE 0 1'])
  assert.deepEqual(at.atServer(), [])
})
