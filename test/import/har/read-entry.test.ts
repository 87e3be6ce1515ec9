import assert from 'node:assert/strict'
import { test } from 'node:test'
import { gunzipSync } from 'node:zlib'
import fc from 'fast-check'
import { readEntry } from '../../../src/import/har/read-entry.ts'
import { post, refused, socket } from './samples.ts'

const started = Date.parse(post.startedDateTime)

test('an entry says what was sent, what came, and when', () => {
  const entry = readEntry(post)!
  assert.deepEqual(entry.request.head, {
    ...{ method: 'POST', target: '/x?q=1', scheme: 'https', authority: 'a.example', path: '/x?q=1', version: 'HTTP/2' },
    headers: [
      [':method', 'POST'],
      [':scheme', 'https'],
      [':authority', 'a.example'],
      [':path', '/x?q=1'],
      ['content-type', 'text/plain'],
    ],
  })
  const { startedAt, connectedAt, request, response, endedAt } = entry
  assert.deepEqual(
    [startedAt, connectedAt, request.endedAt, response?.at, endedAt].map(at => at! - started),
    [0, 13, 14, 34, 50],
  )
  assert.equal(Buffer.from(request.body).toString(), 'hello')
  assert.equal(gunzipSync(response!.body).toString(), 'héllo') // as the header says that it came
  assert.deepEqual(
    [entry.connection, entry.serverAddress, entry.target, entry.secure, entry.agreed],
    [
      '77',
      '2001:db8::1',
      { host: 'a.example', port: 443 },
      true,
      { version: 'TLSv1.3', cipherSuite: 'AES_128_GCM', alpn: 'h2', resumed: false },
    ],
  )
})

test('messages of a WebSocket are told in bytes', () => {
  const { messages, isWebSocket, request } = readEntry(socket)!
  assert.deepEqual(
    messages.map(({ direction, at, opcode, bytes }) => [direction, at, opcode, Buffer.from(bytes).toString('hex')]),
    [
      ['to-server', 1767323047000, 1, '6869'],
      ['to-client', 1767323048000, 2, '000102'],
    ],
  )
  assert.deepEqual([isWebSocket, request.head.scheme, request.head.authority], [true, 'https', 'A.example'])
})

test('an entry without a response failed, with the reason that it gives', () => {
  const { response, aborted, target } = readEntry(refused)!
  assert.deepEqual([response, target], [undefined, { host: 'b.example', port: 8080 }])
  assert.deepEqual(aborted, { at: 0, by: 'server', why: 'net::ERR_CONNECTION_REFUSED' })
  const silent = readEntry({ request: { url: 'http://b.example/' } })!
  assert.equal(silent.aborted?.why, 'there is no response in the HAR file')
})

test('posted fields without a text are a form', () => {
  const params = [{ name: 'a', value: 'b c' }, { name: 'd' }]
  const entry = readEntry({ request: { url: 'http://a.example/', method: 'POST', postData: { params } } })!
  assert.equal(Buffer.from(entry.request.body).toString(), 'a=b+c&d=')
})

test('what has no URL of HTTP is no entry', () => {
  for (const url of ['data:text/plain,x', 'chrome-extension://x/', 'nonsense', 7])
    assert.equal(readEntry({ request: { url } }), undefined)
})

test('nothing that JSON can hold makes it throw', () => {
  const url = fc.constantFrom('http://a.example/', 'wss://b.example')
  const anything = fc.dictionary(
    fc.constantFrom('headers', 'method', 'httpVersion', 'postData', 'status', 'content', 'text', 'encoding'),
    fc.jsonValue(),
  )
  const entry = fc.record({
    url,
    request: anything,
    response: anything,
    timings: fc.jsonValue(),
    connection: fc.jsonValue(),
    _webSocketMessages: fc.jsonValue(),
  })
  fc.assert(
    fc.property(
      entry,
      ({ url: text, request, ...rest }) => void readEntry({ ...rest, request: { ...request, url: text } }),
    ),
  )
})
