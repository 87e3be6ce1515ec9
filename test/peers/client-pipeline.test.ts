import assert from 'node:assert/strict'
import { createServer, type Server } from 'node:net'
import { test } from 'node:test'
import { visitThrough } from '../../src/peers/client.ts'
import { listen } from '../../src/peers/origin.ts'

/** Answers once all of `count` requests are there, cut into pieces of `size` bytes. */
function answering(answer: string, count: number, size: number): Server {
  return createServer(socket => {
    let asked = ''
    socket.setNoDelay(true)
    socket.on('data', async bytes => {
      asked += bytes
      if (asked.split('\r\n\r\n').length <= count) return
      for (let at = 0; at < answer.length; at += size) {
        await new Promise(resolve => socket.write(answer.slice(at, at + size), resolve))
      }
      socket.end()
    })
  })
}

async function pipelined(answer: string, count = 2, size = 1000) {
  const { port, close } = await listen(answering(answer, count, size))
  const requests = Array.from({ length: count }, (_, index) => ({ path: `/${index}` }))
  const results = await visitThrough({ url: new URL(`http://127.0.0.1:${port}`), requests, pipelined: true })
  await close()
  return results
}

const one = 'HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\none'
const two = 'HTTP/1.1 404 Not Found\r\nA: b\r\ncontent-length: 0\r\n\r\n'

test('all requests leave before the first answer, and answers are told apart wherever they are cut', async () => {
  for (const size of [1, 7, 1000]) {
    const results = await pipelined(one + two + one, 3, size)
    assert.deepEqual(
      results.map(({ status, body, error }) => [status, body.toString(), error]),
      [
        [200, 'one', undefined],
        [404, '', undefined],
        [200, 'one', undefined],
      ],
    )
    assert.deepEqual(results[1]?.headers, [
      ['A', 'b'],
      ['content-length', '0'],
    ])
  }
})

test('a response without Content-Length or without a status line is unreadable', async () => {
  for (const bad of ['HTTP/1.1 200 OK\r\n\r\n', 'hello\r\n\r\n', 'HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n']) {
    const [first] = await pipelined(bad)
    assert.equal(first?.error?.code, 'UNREADABLE')
  }
})

test('a server that closes early leaves what it had sent, and an error', async () => {
  const results = await pipelined(one)
  assert.equal(results[0]?.body.toString(), 'one')
  assert.equal(results[0]?.error, undefined)
  assert.equal(results[1]?.status, undefined)
  assert.equal(results[1]?.error?.code, 'CLOSED')
})
