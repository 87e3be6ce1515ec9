import assert from 'node:assert/strict'
import { createSecureServer, type ServerHttp2Stream } from 'node:http2'
import { type TestContext, test } from 'node:test'
import { makeTestAuthority } from '../../src/peers/certificates.ts'
import { fetchThrough, visitThrough } from '../../src/peers/client.ts'
import { listen } from '../../src/peers/origin.ts'

const { issue, caPem: ca } = await makeTestAuthority()

async function h2Server(t: TestContext) {
  const server = createSecureServer(issue({ host: 'localhost' }))
  const seen: string[][] = []
  let streams = 0
  server.on('sessionError', () => {})
  server.on('stream', (stream: ServerHttp2Stream, headers, _, raw: string[]) => {
    seen.push(raw)
    streams++
    stream.on('error', () => {})
    if (headers[':path'] === '/reset') return stream.close(2)
    if (headers[':path'] === '/die') return stream.session?.destroy()
    if (headers[':path'] === '/cut') {
      stream.respond({ ':status': 200 })
      stream.write('half')
      return void setImmediate(() => stream.destroy(new Error('cut')))
    }
    const answer = () => {
      stream.respond({ ':status': 201, 'x-two': ['a', 'b'] })
      stream.end(`${streams} streams`)
    }
    // answered only when the second one is there
    if (headers[':path'] === '/first') server.once('stream', () => setImmediate(answer))
    else answer()
  })
  const { port, close } = await listen(server)
  t.after(close)
  return { seen, url: new URL(`https://localhost:${port}/`) }
}

test('requests of one visit go out together', async t => {
  const server = await h2Server(t)
  const results = await visitThrough({ url: server.url, ca, requests: [{ path: '/first' }, { path: '/second' }] })
  assert.deepEqual(
    results.map(({ status, protocol, body }) => [status, protocol, body.toString()]),
    [
      [201, 'h2', '2 streams'],
      [201, 'h2', '2 streams'],
    ],
  )
  assert.deepEqual(results[0]?.headers.slice(0, 3), [
    [':status', '201'],
    ['x-two', 'a'],
    ['x-two', 'b'],
  ])
})

test('headers of a connection stay out of HTTP/2, and repeated ones stay in', async t => {
  const server = await h2Server(t)
  const headers = [
    ['Connection', 'close'],
    ['Host', 'x'],
    ['X-One', '1'],
    ['x-one', '2'],
  ] as const
  await fetchThrough({ url: server.url, ca, headers, body: 'abc' })
  const sent = server.seen[0]?.join('|') ?? ''
  assert.match(sent, /^:method\|POST\|:scheme\|https\|:authority\|localhost:\d+\|:path\|\/\|/)
  assert.match(sent, /x-one\|1\|x-one\|2/)
  assert.match(sent, /content-length\|3/)
  assert.doesNotMatch(sent, /connection|host\|x/)
})

test('a stream or a session that the server resets is an error, and what arrived stays', async t => {
  const server = await h2Server(t)
  for (const path of ['reset', 'die', 'cut']) {
    const result = await fetchThrough({ url: new URL(path, server.url), ca })
    assert.equal(result.error?.stage, 'http', path)
    if (path === 'cut') assert.equal(result.body.toString(), 'half')
  }
})
