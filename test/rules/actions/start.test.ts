import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setMethod, setStatus } from '../../../src/rules/actions/start.ts'
import { http2ResponseOf, requestOf, responseOf } from '../heads.ts'
import { onRequest, onResponse, readBy } from './acting.ts'

test('method and status are another', async () => {
  assert.equal((await onRequest(readBy(setMethod, 'POST'), requestOf())).method, 'POST')
  const changed = await onResponse(readBy(setStatus, '503 "Not now"'), responseOf())
  assert.deepEqual([changed.status, changed.reason], [503, 'Not now'])
  assert.deepEqual((await onResponse(readBy(setStatus, '503'), http2ResponseOf())).headers[0], [':status', '503'])
})

test('no method but a token, no status but a final one', () => {
  for (const text of ['CONNECT', '"a b"', '']) assert.throws(() => readBy(setMethod, text), { position: 0 })
  for (const text of ['101', '600', 'x', '']) assert.throws(() => readBy(setStatus, text), { position: 0 })
})
