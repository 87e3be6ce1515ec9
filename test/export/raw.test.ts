import assert from 'node:assert/strict'
import { test } from 'node:test'
import { rawRequests, rawResponses } from '../../src/export/raw.ts'
import type { Exchange, Header } from '../../src/model/exchange.ts'
import { connectionOf, exchangeOf } from '../store/samples.ts'
import { sourceOf, withCapture, written } from './made-capture.ts'

const of = (exchange: Exchange, asked = '', answered = '') =>
  withCapture(
    writer => {
      writer.connection(connectionOf(1))
      writer.exchange(exchange, Buffer.from(asked), Buffer.from(answered))
    },
    capture => [written(rawRequests, sourceOf(capture)), written(rawResponses, sourceOf(capture))],
  )

const withHead = (headers: readonly Header[], more: object = {}): Exchange => {
  const { request, ...rest } = exchangeOf(1, { path: '/a' })
  return { ...rest, request: { ...request, head: { ...request.head, headers, ...more } } }
}

test('a head that says how long its body is stays byte for byte', () => {
  const raw = 'GET   /a HTTP/1.1\nHost:x\n\n'
  assert.equal(of(withHead([['Host', 'x']], { raw }))[0], raw)
  assert.equal(of(withHead([['Content-LENGTH', '2']]), 'hi')[0], 'GET /a HTTP/1.1\r\nContent-LENGTH: 2\r\n\r\nhi')
})

test('other framing, and HTTP/2, become that of a body whose length is known', () => {
  assert.equal(
    of(
      withHead([
        ['Host', 'x'],
        ['Transfer-Encoding', 'chunked'],
        ['X', '1'],
      ]),
      'hi',
    )[0],
    'GET /a HTTP/1.1\r\nHost: x\r\nX: 1\r\nContent-Length: 2\r\n\r\nhi',
  )
  assert.equal(
    of(
      withHead(
        [
          [':method', 'GET'],
          ['x', '1'],
        ],
        { version: 'HTTP/2' },
      ),
    )[0],
    'GET /a HTTP/1.1\r\nHost: api.example.com\r\nx: 1\r\n\r\n',
  )
  assert.equal(
    of(exchangeOf(1), '', 'hello')[1],
    'HTTP/1.1 200 OK\r\nContent-Type: application/json; charset=utf-8\r\nContent-Length: 5\r\n\r\nhello',
  )
})

test('long bodies come whole', () => {
  const long = 'x'.repeat(3_000_000)
  assert.equal(
    of(withHead([]), long)[0]!.length,
    'GET /a HTTP/1.1\r\nHost: api.example.com\r\nContent-Length: 3000000\r\n\r\n'.length + long.length,
  )
})
