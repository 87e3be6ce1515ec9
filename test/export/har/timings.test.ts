import assert from 'node:assert/strict'
import { test } from 'node:test'
import { harTime, harTimings } from '../../../src/export/har/timings.ts'

const none = { startedAt: 0, endedAt: 0, phases: [], total: 0 }

test('what is not known is -1, but for what HAR must have', () => {
  const timings = harTimings(none)
  assert.deepEqual(timings, {
    blocked: -1,
    dns: -1,
    connect: -1,
    ssl: -1,
    send: 0,
    wait: 0,
    receive: 0,
    _tlsClient: -1,
  })
  assert.equal(harTime(timings), 0)
})

test('connect has the handshake in it, and the parts come to the whole', () => {
  const timings = harTimings({
    ...none,
    ...{ blocked: 1, dns: 2, connect: 4, tlsUpstream: 8, tlsClient: 16, send: 32, wait: 64, receive: 128, total: 255 },
  })
  assert.deepEqual([timings.connect, timings.ssl, timings.blocked, timings._tlsClient], [12, 8, 17, 16])
  assert.equal(harTime(timings), 255)
})
