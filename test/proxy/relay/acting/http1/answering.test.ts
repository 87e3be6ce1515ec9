import assert from 'node:assert/strict'
import { test } from 'node:test'
import { acts, get, onRequests, play } from './acting-http1.ts'

test('an answer that comes piece by piece is framed, and one to HTTP/1.0 ends with the connection', async () => {
  const claims = () =>
    onRequests(() => ({
      type: 'answer',
      acts,
      answer: {
        status: 200,
        headers: [],
        body: (async function* () {
          yield Buffer.from('one')
          yield Buffer.from('')
          yield Buffer.from('two')
        })(),
      },
    }))
  const chunked = await play(claims, [['to-server', get + get]])
  const one = 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\none\r\n3\r\ntwo\r\n0\r\n\r\n'
  assert.equal(chunked.client, one + one)
  const old = await play(claims, [['to-server', 'GET / HTTP/1.0\r\n\r\n']])
  assert.equal(old.client, 'HTTP/1.0 200 OK\r\nConnection: close\r\n\r\nonetwo')
  assert.deepEqual(old.ends, ['to-client'])
})
