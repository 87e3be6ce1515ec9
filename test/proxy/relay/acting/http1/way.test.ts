import assert from 'node:assert/strict'
import { test } from 'node:test'
import { acting, acts, get, ok, onRequests, onResponses, post } from './acting-http1.ts'

test('a pace holds back what it says, and then lets all pass', { timeout: 5000 }, async () => {
  const script = acting({
    ...onRequests(() => ({ type: 'pass', acts, pace: { delay: 50 } })),
    ...onResponses(() => ({ type: 'pass', acts, pace: { bitsPerSecond: 160_000, latency: 20 } })),
  })
  const began = performance.now()
  script.say('to-server', post + get)
  assert.equal(script.outcome.server, '')
  while (script.outcome.server.length < post.length + get.length) await new Promise(resolve => setTimeout(resolve, 5))
  assert.ok(performance.now() - began >= 99)
  const body = 'x'.repeat(4000) // 200 ms
  const sent = performance.now()
  const response = `HTTP/1.1 200 OK\r\nContent-Length: 4000\r\n\r\n${body}`
  script.say('to-client', response + ok)
  while (script.outcome.client.length < response.length + ok.length)
    await new Promise(resolve => setTimeout(resolve, 5))
  const took = performance.now() - sent
  assert.ok(took >= 190 && took < 2000, `${took} ms`)
  assert.equal(script.outcome.client, response + ok)
})
