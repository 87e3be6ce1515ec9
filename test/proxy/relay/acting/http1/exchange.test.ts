import assert from 'node:assert/strict'
import { test } from 'node:test'
import { acting, acts, ok, onRequests, post } from './acting-http1.ts'

test('a client that waits for leave to send a body that is wanted gets it, once', async () => {
  const expecting = post.replace('\r\n\r\n', '\r\nExpect: 100-continue\r\n\r\n')
  const head = expecting.slice(0, -5)
  const script = acting(onRequests(async ({ body }) => ({ type: 'change', acts, body: body! }), 100))
  script.say('to-server', head)
  assert.equal(script.outcome.client, 'HTTP/1.1 100 Continue\r\n\r\n')
  assert.equal(script.outcome.server, '')
  script.say('to-server', 'hello')
  assert.equal((await script.settled()).server, expecting)
  script.say('to-client', `HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 100 Again\r\n\r\n${ok}`)
  assert.equal(script.outcome.client, `HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 100 Again\r\n\r\n${ok}`)
})
