import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Header, RequestHead } from '../../../src/model/exchange.ts'
import { headInHttp1, headInHttp2 } from '../../../src/proxy/own/own-heads.ts'

const server = { scheme: 'https', host: 'a.example', port: 443 } as const
const head = (version: string, headers: readonly Header[], target = '/p?q=1'): RequestHead => ({
  ...{ method: 'POST', target, scheme: 'https', authority: 'a.example', path: '/p?q=1', version, headers },
})

test('a head of the protocol itself stays the very value', () => {
  const one = {
    ...head('HTTP/1.1', [
      ['HOST', 'a'],
      ['b', '1'],
      ['B', '2'],
    ]),
    raw: 'POST ...',
  }
  assert.equal(headInHttp1({ server, head: one }), one)
  const two = head('HTTP/2', [
    [':method', 'POST'],
    [':path', '/p?q=1'],
  ])
  assert.equal(headInHttp2({ server, head: two }), two)
})

test('what was meant for a proxy is not for the server', () => {
  const asked = head(
    'HTTP/1.1',
    [
      ['Proxy-Connection', 'x'],
      ['Host', 'a'],
      ['proxy-authorization', 's'],
    ],
    'http://a.example/p?q=1',
  )
  const { target, headers } = headInHttp1({ server, head: asked })
  assert.deepEqual([target, headers], ['/p?q=1', [['Host', 'a']]])
})

test('from HTTP/1 to HTTP/2: pseudo-headers first, small names, nothing of the connection', () => {
  const one = head('HTTP/1.1', [
    ['Host', 'b.example'],
    ['X-A', '1'],
    ['Connection', 'x'],
    ['TE', 'gzip'],
    ['TE', 'trailers'],
    ['Upgrade', 'h'],
  ])
  const { headers, version } = headInHttp2({ server, head: one })
  assert.equal(version, 'HTTP/2')
  assert.deepEqual(headers, [
    [':method', 'POST'],
    [':scheme', 'https'],
    [':authority', 'b.example'],
    [':path', '/p?q=1'],
    ['x-a', '1'],
    ['te', 'trailers'],
  ])
})

test('from HTTP/2 to HTTP/1: Host from the authority, the crumbs of a cookie in one field', () => {
  const two = head('HTTP/2', [
    [':method', 'POST'],
    [':authority', 'a.example'],
    ['cookie', 'a=1'],
    ['x', 'y'],
    ['cookie', 'b=2'],
  ])
  const { headers, target, version } = headInHttp1({ server, head: two })
  assert.deepEqual([version, target], ['HTTP/1.1', '/p?q=1'])
  assert.deepEqual(headers, [
    ['host', 'a.example'],
    ['cookie', 'a=1; b=2'],
    ['x', 'y'],
  ])
  const odd = { ...head('HTTP/2', []), authority: '' }
  const elsewhere = { scheme: 'http', host: '::1', port: 8080 } as const
  assert.deepEqual(headInHttp1({ server: elsewhere, head: odd }).headers, [['host', '[::1]:8080']])
})

test('what would break the head is refused with its place', () => {
  assert.throws(
    () => headInHttp1({ server, head: head('HTTP/1.1', [['a', 'b\r\nc: d']]) }),
    /field 1, a: its value has CR as its character 2/,
  )
  assert.throws(
    () =>
      headInHttp2({
        server,
        head: head('HTTP/2', [
          ['a', 'b'],
          ['Connection', 'x'],
        ]),
      }),
    /field 2, Connection: HTTP\/2 has no such field/,
  )
})
