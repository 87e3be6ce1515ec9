import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { test } from 'node:test'
import type { Exchange, Header } from '../../src/model/exchange.ts'
import { curlCommand, quote, urlOf } from '../../src/tui/curl.ts'

const exchange = (method: string, headers: readonly Header[] = [], path = '/a?b=c'): Exchange => ({
  id: 1,
  connection: 1,
  request: {
    head: { method, target: path, scheme: 'https', authority: 'example.com', path, version: 'HTTP/2', headers },
    headAt: 0,
    bodyBytes: 0,
    bodyDropped: 0,
  },
  informational: [],
  problems: [],
})

const none = new Uint8Array()

test('pseudo-headers and headers that curl writes itself are left out', () => {
  const headers: Header[] = [
    [':path', '/'],
    ['Host', 'example.com'],
    ['content-length', '3'],
    ['x-a', 'b c'],
    ['x-empty', ''],
  ]
  assert.equal(
    curlCommand(exchange('GET', headers), none),
    "curl -H 'x-a: b c' -H 'x-empty;' -- 'https://example.com/a?b=c'",
  )
})

test('a host header that is not the authority is kept', () => {
  assert.match(curlCommand(exchange('GET', [['host', 'other.example']]), none), /-H 'host: other\.example'/)
})

test('a method and a body are sent as they were', () => {
  assert.match(curlCommand(exchange('POST'), Buffer.from('a=1')), /^curl -X POST --data-binary a=1 -- /)
  assert.match(curlCommand(exchange('HEAD'), none), /--head/)
})

test('a shell reads back every byte, and runs none of them', () => {
  for (const text of ["it's $(id) `id` \\n", 'line\nbreak', 'tab\t\x1b[31m', '-x', '', '\xff\xfe'])
    assert.deepEqual(
      execFileSync('bash', ['-c', `printf %s ${quote(Buffer.from(text, 'latin1'))}`]),
      Buffer.from(text, 'latin1'),
    )
})

test('a request without an authority has its target for a URL', () => {
  const bare = exchange('GET')
  assert.equal(
    urlOf({ ...bare, request: { ...bare.request, head: { ...bare.request.head, authority: '' } } }),
    '/a?b=c',
  )
})
