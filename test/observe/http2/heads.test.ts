import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Header } from '../../../src/model/exchange.ts'
import { requestHead, responseHead, trailerFaults, unknownRequest } from '../../../src/observe/http2/heads.ts'
import { context } from '../transcript.ts'

const get: readonly Header[] = [
  [':method', 'GET'],
  [':scheme', 'http'],
  [':path', '/a'],
  [':authority', 'b'],
]
const codes = ({ faults }: { readonly faults: readonly { readonly code: string }[] }) => faults.map(fault => fault.code)

test('the parts of a request come from its pseudo-headers, which stay first', () => {
  const { head, faults, protocol } = requestHead(context, get)
  assert.deepEqual(head, {
    method: 'GET',
    target: '/a',
    scheme: 'http',
    authority: 'b',
    path: '/a',
    version: 'HTTP/2',
    headers: get,
  })
  assert.deepEqual(faults, [])
  assert.equal(protocol, undefined)
})

test('without :authority the host field counts, then the target of the connection', () => {
  assert.equal(requestHead(context, [...get.slice(0, 3), ['host', 'h']]).head.authority, 'h')
  assert.equal(requestHead(context, get.slice(0, 3)).head.authority, 'fallback.test')
})

test('a CONNECT has an authority and no path; an extended one has all', () => {
  const plain = requestHead(context, [
    [':method', 'CONNECT'],
    [':authority', 'a:1'],
  ])
  assert.deepEqual([plain.head.target, plain.head.path, codes(plain)], ['a:1', '', []])
  const extended = requestHead(context, [[':method', 'CONNECT'], [':protocol', 'websocket'], ...get.slice(1)])
  assert.deepEqual([extended.protocol, extended.head.path, codes(extended)], ['websocket', '/a', []])
})

test('malformed fields are told once a kind', () => {
  assert.deepEqual(codes(requestHead(context, get.slice(1))), ['http2/missing-pseudo-header'])
  assert.deepEqual(codes(requestHead(context, [...get, [':path', '/b']])), ['http2/duplicate-pseudo-header'])
  assert.deepEqual(codes(requestHead(context, [['a', ''], ...get])), ['http2/pseudo-after-field'])
  assert.deepEqual(codes(requestHead(context, [...get, ['A', ''], ['B', ''], ['c d', ''], ['connection', 'x']])), [
    'http2/uppercase-field',
    'http2/bad-field-name',
    'http2/connection-field',
  ])
})

test('what a later hop could take for another field is told, and so are pseudo-headers that nobody knows', () => {
  for (const value of ['b\r\nc: d', 'b\n', 'b\0', ' b', 'b\t'])
    assert.deepEqual(codes(requestHead(context, [...get, ['a', value]])), ['http2/bad-field-value'], value)
  assert.deepEqual(codes(requestHead(context, [...get, ['a', ''], ['b', 'c d']])), [])
  assert.deepEqual(codes(requestHead(context, [...get, [':evil', '1']])), ['http2/unknown-pseudo-header'])
  assert.deepEqual(
    codes(
      responseHead([
        [':status', '200'],
        [':path', '/'],
      ]),
    ),
    ['http2/unknown-pseudo-header'],
  )
  assert.deepEqual(
    trailerFaults([
      [':status', '200'],
      ['sum', '1'],
    ]).map(({ code }) => code),
    ['http2/unknown-pseudo-header'],
  )
})

test('a response has a status of three digits', () => {
  assert.equal(responseHead([[':status', '204']]).head.status, 204)
  for (const status of ['', '20', '2x4', '099', '2 0', '2e2', '9e9'])
    assert.deepEqual(
      [responseHead([[':status', status]]).head.status, codes(responseHead([[':status', status]]))],
      [0, ['http2/missing-pseudo-header']],
      status,
    )
})

test('a stream whose fields are unknown still has a request', () => {
  assert.equal(unknownRequest(context).authority, 'fallback.test')
})
