import assert from 'node:assert/strict'
import { createServer } from 'node:net'
import { type TestContext, test } from 'node:test'
import { fetchThrough, visitThrough } from '../../src/peers/client.ts'
import { listen } from '../../src/peers/origin.ts'

/** Answers every read with the same bytes; tells what it was sent. */
async function answering(t: TestContext, answer: string, thenEnd: boolean) {
  const seen: string[] = []
  let connections = 0
  const server = createServer(socket => {
    connections++
    socket.on('data', bytes => {
      seen.push(bytes.toString('latin1'))
      socket.write(answer)
      if (thenEnd) socket.end()
    })
  })
  const { port, close } = await listen(server)
  t.after(close)
  return { url: new URL(`http://127.0.0.1:${port}/p?q`), seen, connections: () => connections }
}

test('headers go out in the given case and order', async t => {
  const origin = await answering(t, 'HTTP/1.1 204 No Content\r\nX-a: 1\r\nx-A: 2\r\n\r\n', false)
  const headers = [
    ['zeta', '1'],
    ['X-ALPHA', '2'],
  ] as const
  const result = await fetchThrough({ url: origin.url, method: 'DELETE', headers })
  assert.match(origin.seen[0] ?? '', /^DELETE \/p\?q HTTP\/1\.1\r\nHost: 127\.0\.0\.1:\d+\r\nzeta: 1\r\nX-ALPHA: 2\r\n/)
  assert.equal(result.status, 204)
  assert.deepEqual(result.headers, [
    ['X-a', '1'],
    ['x-A', '2'],
  ])
})

test('several requests share one connection', async t => {
  const origin = await answering(t, 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok', false)
  const results = await visitThrough({ url: origin.url, requests: [{}, { path: '/two' }, { body: 'three' }] })
  assert.deepEqual(
    results.map(result => result.body.toString()),
    ['ok', 'ok', 'ok'],
  )
  assert.equal(origin.connections(), 1)
})

test('a body that is cut short is an error beside what arrived', async t => {
  const origin = await answering(t, 'HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf', true)
  const result = await fetchThrough({ url: origin.url })
  assert.equal(result.status, 200)
  assert.equal(result.body.toString(), 'half')
  assert.equal(result.error?.stage, 'http')
})

test('an answer that is no HTTP is an error of HTTP', async t => {
  const origin = await answering(t, 'good morning\r\n\r\n', true)
  const result = await fetchThrough({ url: origin.url })
  assert.equal(result.error?.stage, 'http')
  assert.match(result.error.code, /^HPE_/)
})
