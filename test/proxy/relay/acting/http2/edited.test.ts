import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Header, RequestHead } from '../../../../../src/model/exchange.ts'
import {
  editedRequest,
  editedResponse,
  inTheirWays,
  withLength,
} from '../../../../../src/proxy/relay/acting/http2/edited.ts'
import { get } from './peers.ts'

const before: RequestHead = {
  ...{ method: 'GET', target: '/a', scheme: 'https', authority: 'a.test', path: '/a', version: 'HTTP/2' },
  headers: get('/a', ['x', 'y']),
}

test('a member of the head that was changed counts, else its pseudo-header; pseudo-headers come first', () => {
  assert.deepEqual(editedRequest(before, { ...before, path: '/b', target: '/b', method: 'PUT' }), [
    [':method', 'PUT'],
    ...get('/b', ['x', 'y']).slice(1),
  ])
  assert.deepEqual(editedRequest(before, { ...before, headers: [['n', 'v'], ...get('/c')] }), [
    ...get('/c'),
    ['n', 'v'],
  ])
  assert.deepEqual(editedRequest(before, { ...before, headers: [['n', 'v']] }), [...get('/a'), ['n', 'v']])
})

test('what may not be sent is told, but not what the sender itself wrote', () => {
  assert.match(String(editedRequest(before, { ...before, path: '/ b', target: '/ b' })), /path/)
  assert.match(String(editedRequest(before, { ...before, headers: [...before.headers, [':odd', '']] })), /:odd|token/)
  const odd = { ...before, headers: [...before.headers, ['Upper', 'x'] as Header] }
  assert.deepEqual(editedRequest(odd, odd), odd.headers)
  const response = { status: 200, reason: '', version: 'HTTP/2', headers: [[':status', '200'] as Header] }
  assert.match(String(editedResponse(response, { ...response, status: 100 })), /100/)
  assert.deepEqual(editedResponse(response, { ...response, status: 404 }), [[':status', '404']])
})

test('fields keep their ways, a new value is not indexed, and what is never indexed stays so', () => {
  const block = { fields: before.headers, ways: Uint8Array.of(0, 0, 1, 2, 3) }
  const { ways } = inTheirWays(block, [...get('/a'), ['x', 'z'], ['x', 'y'], ['n', 'v']])
  assert.deepEqual([...ways], [0, 0, 1, 2, 3 | 16, 3, 2 | 16])
})

test('a length is put right where there is one', () => {
  assert.deepEqual(
    withLength(
      [
        ['content-length', '1'],
        ['a', 'b'],
      ],
      '2',
    ),
    [
      ['content-length', '2'],
      ['a', 'b'],
    ],
  )
  assert.deepEqual(withLength([['content-length', '1']], undefined), [])
  assert.deepEqual(withLength([], '2'), [])
})
