import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Repeated } from '../../../src/cli/replay/ask-of.ts'
import { readServer, toServer } from '../../../src/cli/replay/to-server.ts'
import type { Header } from '../../../src/model/exchange.ts'

test('scheme, host and port alone, https where none is said', () => {
  assert.deepEqual(readServer('http://A.example'), { scheme: 'http', host: 'a.example', port: 80 })
  assert.deepEqual(readServer('a.example:8443'), { scheme: 'https', host: 'a.example', port: 8443 })
  assert.deepEqual(readServer('https://[::1]/'), { scheme: 'https', host: '::1', port: 443 })
  for (const text of ['ftp://a', 'http://', 'http://a/path', 'http://a/?q', 'http://me@a', 'http://a b', '/x'])
    assert.throws(() => readServer(text), /not an http or https URL|host and port alone/, text)
})

const repeated = (headers: readonly Header[]): Repeated => ({
  server: { scheme: 'https', host: 'a', port: 443 },
  head: {
    method: 'GET',
    target: 'http://a/p',
    scheme: 'https',
    authority: 'a',
    path: '/p',
    version: 'HTTP/1.1',
    headers,
    raw: 'x',
  },
  body: new Uint8Array(0),
  entrance: 'replay',
  serverName: 'a',
})

test('Host, :authority and :scheme name the other server, in the place and case that they had', () => {
  const server = { scheme: 'http', host: '::1', port: 81 } as const
  const one = toServer(
    repeated([
      ['X', '1'],
      ['hOst', 'a'],
      ['Y', '2'],
    ]),
    server,
  )
  assert.deepEqual(one.head.headers, [
    ['X', '1'],
    ['hOst', '[::1]:81'],
    ['Y', '2'],
  ])
  assert.deepEqual([one.head.target, one.head.raw, one.serverName, one.server], ['/p', undefined, undefined, server])
  const two = toServer(
    repeated([
      [':authority', 'a'],
      [':scheme', 'https'],
      [':path', '/p'],
    ]),
    { ...server, host: 'b', port: 80 },
  )
  assert.deepEqual(two.head.headers, [
    [':authority', 'b'],
    [':scheme', 'http'],
    [':path', '/p'],
  ])
})
