import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Header } from '../../src/model/exchange.ts'
import { http2Request, http2Response, pseudoHeaders } from '../../src/model/http2-heads.ts'

const context = { scheme: 'https', authority: 'fallback.test' }
const request = (...headers: Header[]) => http2Request(pseudoHeaders(headers), context, headers)

test('of a pseudo-header that comes twice the first counts, and what is missing is that of the connection', () => {
  const head = request([':method', 'GET'], [':path', '/a'], [':path', '/b'], ['x', 'y'])
  assert.deepEqual([head.method, head.path, head.target], ['GET', '/a', '/a'])
  assert.deepEqual([head.scheme, head.authority], ['https', 'fallback.test'])
  assert.equal(head.headers.length, 4)
  assert.equal(request(['host', 'h']).authority, 'h')
  assert.equal(request().method, '?')
})

test('the target of a CONNECT is its authority, unless it says a protocol', () => {
  assert.equal(request([':method', 'CONNECT'], [':authority', 'a:1']).target, 'a:1')
  const extended = request([':method', 'CONNECT'], [':protocol', 'websocket'], [':path', '/x'], [':authority', 'a'])
  assert.equal(extended.target, '/x')
})

test('a status is three digits, or 0', () => {
  const status = (value: string) => http2Response(pseudoHeaders([[':status', value]]), []).status
  assert.deepEqual(['200', '099', '2000', 'x', ''].map(status), [200, 0, 0, 0, 0])
})
