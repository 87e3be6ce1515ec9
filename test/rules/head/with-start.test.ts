import assert from 'node:assert/strict'
import { test } from 'node:test'
import { firstValue } from '../../../src/rules/head/with-header.ts'
import { withAuthority, withMethod, withPath, withScheme, withStatus } from '../../../src/rules/head/with-start.ts'
import { http2RequestOf, http2ResponseOf, requestOf, responseOf } from '../heads.ts'

test('in HTTP/1 the target says what changed, in the form that it had', () => {
  assert.equal(withPath(requestOf(), '/v2').target, '/v2')
  const absolute = requestOf({ target: 'https://api.example.com/users?id=7', raw: 'raw' })
  assert.equal(withPath(absolute, '/v2').target, 'https://api.example.com/v2')
  assert.equal('raw' in withPath(absolute, '/v2'), false)
  assert.equal(withScheme(absolute, 'http').target, 'http://api.example.com/users?id=7')
  const moved = withAuthority(absolute, 'other.example:81')
  assert.equal(moved.target, 'https://other.example:81/users?id=7')
  assert.equal(firstValue(moved, 'host'), 'other.example:81')
  assert.equal(withMethod(requestOf(), 'PUT').method, 'PUT')
})

test('in HTTP/2 the pseudo-headers agree with the head', () => {
  const head = http2RequestOf()
  const changed = withScheme(withMethod(withAuthority(withPath(head, '/v2'), 'other.example'), 'PUT'), 'http')
  const { method, scheme, authority, path, target } = changed
  assert.deepEqual([method, scheme, authority, path, target], ['PUT', 'http', 'other.example', '/v2', '/v2'])
  assert.deepEqual(changed.headers.slice(0, 4), [
    [':method', 'PUT'],
    [':scheme', 'http'],
    [':authority', 'other.example'],
    [':path', '/v2'],
  ])
  assert.equal(changed.headers.length, head.headers.length)
})

test('a Host beside :authority follows it', () => {
  const head = http2RequestOf({}, [['host', 'api.example.com']])
  assert.equal(firstValue(withAuthority(head, 'b.example'), 'host'), 'b.example')
})

test('a status takes its reason along, and a pseudo-header', () => {
  assert.deepEqual([withStatus(responseOf(), 418, 'Tea').reason, withStatus(responseOf(), 404).reason], ['Tea', ''])
  assert.equal(firstValue(withStatus(http2ResponseOf(), 404), ':status'), '404')
})

test('a tunnel has no path, and what is the same stays the same head', () => {
  const tunnel = requestOf({ method: 'CONNECT', path: '', target: 'a:1', authority: 'a:1' })
  assert.equal(withPath(tunnel, '/x'), tunnel)
  assert.equal(withAuthority(tunnel, 'b:1'), tunnel)
  assert.equal(withMethod(tunnel, 'GET'), tunnel)
  const head = requestOf()
  assert.equal(withPath(head, head.path), head)
  const answer = responseOf()
  assert.equal(withStatus(answer, 200), answer)
})
