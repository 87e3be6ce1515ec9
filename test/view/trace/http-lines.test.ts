import assert from 'node:assert/strict'
import { test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { httpLines } from '../../../src/view/trace/http-lines.ts'
import { openedAt } from '../../compare/make.ts'
import { makeExchange } from '../recorded.ts'

const plain = { color: false }

test('request and response read as in curl -v, the body decoded and laid out', () => {
  assert.deepEqual(httpLines(makeExchange(), { response: gzipSync('{"a":1}') }, plain), [
    '> GET /v1/users?page=2 HTTP/1.1',
    '> Host: api.example.com',
    '> accept: */*',
    '>',
    '< HTTP/1.1 200 OK',
    '< Content-Type: application/json',
    '< Content-Encoding: gzip',
    '<',
    '* body: 27 bytes decoded from gzip, as json',
    '{',
    '  "a": 1',
    '}',
    '* done in 38 ms',
  ])
})

test('a body whose coding cannot be undone says why', () => {
  const lines = httpLines(makeExchange(), { response: Buffer.from('not gzip') }, plain)
  assert.match(lines.find(line => line.startsWith('* body')) ?? '', /as json; gzip: /)
})

test('informational responses, trailers and an abort are told in their places', () => {
  const exchange = makeExchange({
    informational: [{ status: 103, reason: '', version: 'HTTP/1.1', headers: [['Link', '</a>']] }],
    aborted: { at: openedAt, by: 'client', why: 'closed' },
  })
  const response = { ...exchange.response!, trailers: [['grpc-status', '0']] as const }
  const lines = httpLines({ ...exchange, response }, {}, plain)
  assert.ok(lines.indexOf('< HTTP/1.1 103') < lines.indexOf('< HTTP/1.1 200 OK'))
  assert.ok(lines.includes('< grpc-status: 0'))
  assert.equal(lines.at(-1), '* aborted by client: closed')
})

test('what is wrong with the messages is told by its code', () => {
  const problems = [{ code: 'http1/te-with-cl', blame: 'server', message: 'both of\u001b them' }] as const
  assert.ok(httpLines(makeExchange({ problems }), {}, plain).includes('* ✗ http1/te-with-cl: both of\\x1b them'))
})
