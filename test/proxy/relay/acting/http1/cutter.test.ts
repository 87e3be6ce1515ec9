import assert from 'node:assert/strict'
import { test } from 'node:test'
import { acting, chunks, get, ok, okChunks, post } from './acting-http1.ts'

test('messages that come in one piece and that nobody claims go on in one piece', () => {
  const script = acting({})
  script.say('to-server', get + post + chunks)
  script.say('to-client', ok + okChunks + ok)
  assert.deepEqual(script.writes, { 'to-server': 1, 'to-client': 1 })
})
