import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { fetchThrough } from '../../src/peers/client.ts'
import { plainServer } from '../../src/peers/http-origins.ts'
import { listen } from '../../src/peers/origin.ts'
import { makeSite } from '../../src/peers/site.ts'

const site = await listen(plainServer(await makeSite()))
after(site.close)
const ask = (path: string, more = {}) => fetchThrough({ url: new URL(path, `http://127.0.0.1:${site.port}`), ...more })

test('a path that is not there is a 404, and a query does not matter', async () => {
  assert.equal((await ask('/nowhere')).status, 404)
  assert.equal((await ask('/json?page=2')).status, 200)
})

test('a request in absolute form is understood', async () => {
  const self = { host: '127.0.0.1', port: site.port }
  assert.equal((await ask('/moved', { proxy: self })).status, 302)
})

test('HEAD has the length and no body', async () => {
  const { headers, bodyBytes } = await ask('/image', { method: 'HEAD' })
  assert.ok(headers.some(([name, value]) => name === 'content-length' && value === '107'))
  assert.equal(bodyBytes, 0)
})

test('/echo says method, type, length and body back', async () => {
  const { body } = await ask('/echo', { method: 'PUT', headers: [['content-type', 'text/x']], body: 'é' })
  assert.deepEqual(JSON.parse(body.toString()), { method: 'PUT', contentType: 'text/x', length: 2, body: 'é' })
})

test('/events is a stream of five events', async () => {
  const { body, headers } = await ask('/events')
  assert.ok(headers.some(([, value]) => value === 'text/event-stream'))
  const events = body.toString().split('\n\n').slice(0, -1)
  assert.equal(events.length, 5)
  assert.equal(events[4], 'id: 5\nevent: count\ndata: {"word":"five"}')
})

test('/chunked and /trailers are chunked, and the trailer comes last', async () => {
  const chunked = await ask('/chunked')
  assert.ok(chunked.headers.some(([, value]) => value === 'chunked'))
  assert.equal(chunked.body.toString(), 'first second third\n')
  assert.deepEqual((await ask('/trailers')).trailers, [['x-checksum', 'b0d1']])
})

test('/whoami knows nothing of TLS where there is none', async () => {
  const { body } = await ask('/whoami')
  assert.deepEqual(JSON.parse(body.toString()), { tls: null, alpn: null, clientCertificate: null })
})
