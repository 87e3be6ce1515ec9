import assert from 'node:assert/strict'
import { test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { messageForScript, requestForScript, responseForScript } from '../../../src/rules/script/to-script.ts'
import { http2RequestOf, requestOf, responseOf } from '../heads.ts'

test('a request has its whole URL, no pseudo-headers, and its body without codings', () => {
  const head = http2RequestOf({}, [
    ['content-encoding', 'gzip'],
    ['content-type', 'text/plain; charset=iso-8859-1'],
  ])
  const body = gzipSync(Buffer.from('für', 'latin1'))
  const { url, method, headers, text, body: bytes } = requestForScript({ type: 'request', head, sent: head, body })
  assert.deepEqual([method, url, text], ['GET', 'https://api.example.com/users?id=7', 'für'])
  assert.deepEqual(headers[0], ['accept', '*/*'])
  assert.deepEqual(Buffer.from(bytes!), Buffer.from('für', 'latin1'))
})

test('a response has the request that it answers; a body that streams is absent', () => {
  const message = responseForScript({ type: 'response', head: responseOf(), request: requestOf() })
  assert.equal(message.request.url, 'https://api.example.com/users?id=7')
  assert.equal('body' in message || 'text' in message, false)
})

test('a text message of a WebSocket is text, a binary one is bytes', () => {
  const of = (opcode: number) =>
    messageForScript({
      type: 'websocket',
      message: { direction: 'to-client', opcode, bytes: Buffer.from('hi') },
      request: requestOf(),
    })
  assert.equal(of(1).text, 'hi')
  assert.equal(of(2).text, undefined)
})
