import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { http1Content } from '../../../../src/export/pcapng/content/http1-content.ts'
import type { Exchange } from '../../../../src/model/exchange.ts'
import { exchangeOf } from '../../../store/samples.ts'
import { toClient, toServer } from '../../../tape/lanes.ts'
import { recorded, tunnel, wholeContent } from '../recorded.ts'

/** What the client said, and what it got, made again of what was recorded of it. */
function madeAgain(t: TestContext, asked: string, answered: string, framing: readonly number[] = []) {
  const capture = recorded(t, recording => {
    tunnel(recording)
    recording.content(toServer, 1010, Buffer.from(asked, 'latin1'))
    recording.content(toClient, 1020, Buffer.from(answered, 'latin1'))
    recording.contentEnd(toClient, 1030)
    recording.event(1, 1040, { type: 'closed', at: 1040 })
  })
  const exchanges = capture.exchangesOf(1).map(id => capture.exchange(id)!)
  const content = (direction: 'to-server' | 'to-client') => http1Content(capture, exchanges, 'client', direction)
  return {
    content,
    toServer: wholeContent(content('to-server'), framing),
    toClient: wholeContent(content('to-client'), framing),
  }
}

const request = (method: string, more = '', body = ''): string =>
  `${method} /x HTTP/1.1\r\nHost: a.example\r\n${more}\r\n${body}`

test('requests and answers with a length come again byte for byte', t => {
  const asked = request('POST', 'content-length: 5\r\n', 'hello') + request('HEAD') + request('GET', 'X:  odd\r\n')
  const answered = [
    'HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nyes',
    'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n',
    'HTTP/1.1 404 \r\nContent-Length: 0\r\n\r\n',
  ].join('')
  const made = madeAgain(t, asked, answered)
  assert.equal(made.toServer, asked)
  assert.equal(made.toClient, answered)
})

test('a body that ends with the connection comes again', t => {
  const answered = 'HTTP/1.0 200 OK\r\n\r\nuntil the end'
  assert.equal(madeAgain(t, request('GET'), answered).toClient, answered)
})

test('a body in chunks comes again in as many bytes, and the same where it was one chunk', t => {
  const head = 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n'
  const one = `${head}5\r\nhello\r\n0\r\nX-End: yes\r\n\r\n`
  assert.equal(madeAgain(t, request('GET'), one, [5]).toClient, one)
  const two = `${head}3\r\nhel\r\n2\r\nlo\r\n0\r\n\r\n`
  const made = madeAgain(t, request('GET'), two, [10])
  assert.equal(made.toClient, two)
  const content = made.content('to-client')
  assert.ok(typeof content !== 'string')
  assert.deepEqual(
    content.messages.map(({ chunked, length, notBefore }) => [chunked, length, notBefore]),
    [[5, two.length - 15, 1010]],
  )
})

test('a WebSocket goes on in frames after its upgrade', t => {
  const asked = request('GET', 'Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n')
  const answered = 'HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n'
  assert.equal(madeAgain(t, asked, `${answered}\x81\x02hi\x89\x00`).toClient, `${answered}\x81\x02hi\x89\x00`)
})

test('what follows an upgrade to something else is not known', () => {
  const upgraded = exchangeOf(1, { upgraded: 'tunnel' })
  const source = { body: () => new Uint8Array(), streamMessages: () => [] }
  assert.match(http1Content(source, [upgraded], 'client', 'to-client') as string, /upgrade to tunnel is not kept/)
})

test('the server has its own side, or none', () => {
  const source = { body: (_: number, side: string) => Buffer.from(side.slice(0, 6)), streamMessages: () => [] }
  const exchange = exchangeOf(1)
  const path = (target: string): Exchange['request'] => ({
    ...exchange.request,
    head: { ...exchange.request.head, target },
    bodyBytes: 6,
  })
  const changed: Exchange = { ...exchange, server: { request: path('/other'), informational: [] } }
  const made = wholeContent(http1Content(source, [changed], 'upstream', 'to-server'))
  assert.equal(made, 'GET /other HTTP/1.1\r\nHost: api.example.com\r\n\r\nserver')
  assert.equal(wholeContent(http1Content(source, [changed], 'upstream', 'to-client')), '')
  assert.equal(wholeContent(http1Content(source, [{ ...exchange, server: 'not-asked' }], 'upstream', 'to-server')), '')
})

test('a head that is not as it would be written comes as it was', () => {
  const source = { body: () => new Uint8Array(), streamMessages: () => [] }
  const { request, response, ...rest } = exchangeOf(1)
  const raw = 'GET  /x HTTP/1.1\nHost:a\n\n'
  const odd: Exchange = { ...rest, request: { ...request, head: { ...request.head, raw } } }
  assert.equal(wholeContent(http1Content(source, [odd], 'client', 'to-server')), raw)
  assert.equal(response?.head.status, 200)
})
