import assert from 'node:assert/strict'
import { test } from 'node:test'
import { http1Headers, methodOf, pathOf, Reply } from '../../src/peers/client-reply.ts'

const url = new URL('https://a.test:8443/path?x=1')

test('a body past 4 MiB is counted and not kept', () => {
  const reply = new Reply()
  for (let megabyte = 0; megabyte < 5; megabyte++) reply.chunk(Buffer.alloc(1024 * 1024, megabyte))
  reply.chunk(Buffer.from('tail'))
  assert.equal(reply.bodyBytes, 5 * 1024 * 1024 + 4)
  assert.equal(reply.body.length, 4 * 1024 * 1024)
})

test('Host and Content-Length are added, unless the caller said them', () => {
  assert.deepEqual(http1Headers({ url, headers: [['x', 'y']], body: 'é' }), [
    ['Host', 'a.test:8443'],
    ['x', 'y'],
    ['Content-Length', '2'],
  ])
  const own = [
    ['hOST', 'b'],
    ['transfer-encoding', 'chunked'],
  ] as const
  assert.deepEqual(http1Headers({ url, headers: own, body: 'x' }), own)
})

test('headers keep case, order and duplicates', () => {
  const reply = new Reply()
  reply.head(200, ['B', '1', 'a', '2', 'B', '3'])
  assert.deepEqual(reply.headers, [
    ['B', '1'],
    ['a', '2'],
    ['B', '3'],
  ])
})

test('a body makes a request a POST, and the path keeps its query', () => {
  assert.equal(methodOf({ url }), 'GET')
  assert.equal(methodOf({ url, body: '' }), 'POST')
  assert.equal(methodOf({ url, body: '', method: 'PUT' }), 'PUT')
  assert.equal(pathOf(url), '/path?x=1')
})
