import assert from 'node:assert/strict'
import { test } from 'node:test'
import { headForOrigin } from '../../../../src/proxy/entrance/cleartext/head-for-origin.ts'

const asked = { target: { host: 'a.test', port: 8080 }, path: '/x y?q' }
const lines = (...all: readonly string[]): string => `${all.join('\r\n')}\r\n\r\n`

test('the target is written in origin form, with the version and line ends that came', () => {
  const head = 'GET http://a.test:8080/x y?q HTTP/1.0\nHost: a.test:8080\nX: 1\n\n'
  assert.equal(headForOrigin(head, asked), 'GET /x y?q HTTP/1.0\nHost: a.test:8080\nX: 1\n\n')
})

test('what is said to the proxy stays with it, its folded lines too', () => {
  const head = lines(
    'GET http://a.test:8080/ HTTP/1.1',
    'Host: a.test:8080',
    'proxy-authorization: Basic eA==',
    '  more',
    'X-Proxy-Connection: kept',
    'Proxy-Connection : keep-alive',
    'Keep-Alive: 5',
    ' folded',
  )
  const kept = ['GET /x y?q HTTP/1.1', 'Host: a.test:8080', 'X-Proxy-Connection: kept', 'Keep-Alive: 5', ' folded']
  assert.equal(headForOrigin(head, asked), lines(...kept))
})

test('a Host that names another server is that of the target, and one that is missing stays so', () => {
  const head = lines('GET http://a.test:8080/ HTTP/1.1', 'hOst:  other.test ', 'Host: A.test:8080')
  assert.equal(headForOrigin(head, asked), lines('GET /x y?q HTTP/1.1', 'hOst:  a.test:8080 ', 'Host: A.test:8080'))
  const onPort80 = { target: { host: '::1', port: 80 }, path: '/' }
  assert.equal(
    headForOrigin(lines('GET http://[::1]/ HTTP/1.1', 'Host: x'), onPort80),
    lines('GET / HTTP/1.1', 'Host: [::1]'),
  )
  assert.equal(headForOrigin(lines('GET http://a.test HTTP/1.0'), asked), lines('GET /x y?q HTTP/1.0'))
})
