import assert from 'node:assert/strict'
import { test } from 'node:test'
import { gunzipSync, gzipSync } from 'node:zlib'
import type { RequestDraft, ResponseDraft, WebSocketDraft } from '../../../src/rules/actions/action.ts'
import { messageFromScript, requestFromScript, responseFromScript } from '../../../src/rules/script/from-script.ts'
import { requestForScript } from '../../../src/rules/script/to-script.ts'
import { http2RequestOf, requestOf, responseOf } from '../heads.ts'

const request = (head = requestOf(), body = ''): RequestDraft => ({
  type: 'request',
  head,
  sent: head,
  body: Buffer.from(body),
})
const response = (head = responseOf(), body: Uint8Array = Buffer.alloc(0)): ResponseDraft => ({
  type: 'response',
  head,
  body,
  request: requestOf(),
})
const changed = (draft: RequestDraft, result: unknown): RequestDraft => {
  const made = requestFromScript(draft, result)
  assert.ok(made.type === 'request')
  return made
}

test('nothing, and the very message given back, change nothing', () => {
  for (const draft of [request(requestOf(), 'body'), request(http2RequestOf())]) {
    const { method, url, headers, text } = requestForScript(draft)
    assert.equal(requestFromScript(draft, undefined), draft)
    assert.equal(requestFromScript(draft, { method, url, headers, body: text }), draft)
  }
})

test('fields that stay are the same tuples, and pseudo-headers stay before them', () => {
  const draft = request(http2RequestOf())
  const { headers } = changed(draft, {
    headers: [
      ['accept', '*/*'],
      ['x-a', '1'],
    ],
  }).head
  assert.deepEqual(headers.slice(-2), [
    ['accept', '*/*'],
    ['x-a', '1'],
  ])
  assert.equal(headers[0], draft.head.headers[0])
  assert.equal(headers[4], draft.head.headers[4])
})

test('method and path follow; another origin is another server', () => {
  const { head, server } = changed(request(), { method: 'PUT', url: 'https://api.example.com/new?x' })
  assert.deepEqual([head.method, head.target, server], ['PUT', '/new?x', undefined])
  const elsewhere = changed(request(), { url: 'http://127.0.0.1:3000/there' })
  assert.deepEqual(elsewhere.server, { scheme: 'http', host: '127.0.0.1', port: 3000 })
  assert.deepEqual([elsewhere.head.target, elsewhere.head.authority], ['/there', '127.0.0.1:3000'])
})

test('a status is an answer', () => {
  const end = requestFromScript(request(), { status: 418, headers: [['a', 'b']], body: 'tea' })
  assert.ok(end.type === 'answer')
  assert.deepEqual([end.answer.status, end.answer.headers], [418, [['a', 'b']]])
  assert.equal(Buffer.from(end.answer.body as Uint8Array).toString(), 'tea')
})

test('a text is written in the charset and the codings that the body had', () => {
  const head = responseOf({
    headers: [
      ['content-type', 'text/plain; charset=iso-8859-1'],
      ['content-encoding', 'gzip'],
    ],
  })
  const { body } = responseFromScript(response(head, gzipSync(Buffer.from('für', 'latin1'))), {
    body: 'föhr',
    status: 201,
  })
  assert.equal(gunzipSync(body!).toString('latin1'), 'föhr')
})

test('a status has no reason of another', () => {
  const { head } = responseFromScript(response(), { status: 404 })
  assert.deepEqual([head.status, head.reason], [404, ''])
})

test('a message is changed, dropped, or left', () => {
  const draft: WebSocketDraft = {
    type: 'websocket',
    message: { direction: 'to-client', opcode: 1, bytes: Buffer.from('hi') },
    request: requestOf(),
  }
  assert.equal(messageFromScript(draft, undefined), draft)
  assert.equal(messageFromScript(draft, { body: 'hi' }), draft)
  assert.equal(messageFromScript(draft, 'drop'), 'drop')
  const made = messageFromScript(draft, { body: 'ho' })
  assert.ok(made !== 'drop')
  assert.equal(Buffer.from(made.message.bytes).toString(), 'ho')
})
