import assert from 'node:assert/strict'
import { test } from 'node:test'
import { gzipSync } from 'node:zlib'
import type { Exchange, Header } from '../../../src/model/exchange.ts'
import { problemOf } from '../../../src/problem/problem.ts'
import { httpLines } from '../../../src/view/text/http-lines.ts'
import { openedAt } from '../../compare/make.ts'
import { gif } from '../../formats/image/make.ts'
import { makeExchange } from '../recorded.ts'

const plain = { color: false }

function withBody(bodyBytes: number, headers?: readonly Header[]): Exchange {
  const response = makeExchange().response!
  return makeExchange({
    response: { ...response, bodyBytes, head: { ...response.head, headers: headers ?? response.head.headers } },
  })
}

test('request and response read as in curl -v, the body decoded and laid out', () => {
  assert.deepEqual(httpLines({ exchange: withBody(27), bodies: { response: gzipSync('{"a":1}') } }, plain), [
    '> GET /v1/users?page=2 HTTP/1.1',
    '> Host: api.example.com',
    '> accept: */*',
    '>',
    '< HTTP/1.1 200 OK',
    '< Content-Type: application/json',
    '< Content-Encoding: gzip',
    '<',
    '* body: 27 bytes, decoded from gzip, as json',
    '{',
    '  "a": 1',
    '}',
    '* done in 38 ms',
  ])
})

test('of an image the facts are told, and no pixels', () => {
  const lines = httpLines({ exchange: withBody(gif.length, []), bodies: { response: gif } }, plain)
  assert.deepEqual(lines.slice(-3), [
    `* body: ${gif.length} bytes, as image`,
    `GIF image, 10 × 10 pixels, 89a, 4 colours, ${gif.length} B`,
    '* done in 38 ms',
  ])
})

test('a body whose coding cannot be undone says why', () => {
  const lines = httpLines({ exchange: withBody(8), bodies: { response: Buffer.from('not gzip') } }, plain)
  assert.match(lines.find(line => line.startsWith('* body')) ?? '', /bytes, gzip: .*, as \w+$/)
})

test('a body that is here in part, or was not kept, has its real length', () => {
  const exchange = withBody(4_052_632, [])
  const remark = (bytes: Uint8Array) =>
    httpLines({ exchange, bodies: { response: bytes } }, plain).find(line => line.startsWith('* body'))
  assert.equal(remark(Buffer.alloc(65_536, 'x')), '* body: 4052632 bytes, first 66kB of 4.1MB shown, as text')
  assert.equal(remark(Buffer.alloc(0)), '* body: 4052632 bytes, not kept')
})

test('why bytes are missing that were kept is said below the remark', () => {
  const losses = { response: problemOf('store/bodies-missing', { detail: 'a\x1b.parley-bodies' }) }
  const lines = httpLines({ exchange: withBody(4000, []), bodies: { losses } }, plain)
  const at = lines.indexOf('* body: 4000 bytes, not kept')
  assert.match(lines[at + 1]!, /^\* the file with the large bodies .*: a.+\.parley-bodies$/)
  assert.match(lines[at + 2]!, /^\* Put it there/)
  assert.ok(!lines.join('').includes('\x1b'))
})

test('informational responses, trailers and an abort are told in their places', () => {
  const exchange = makeExchange({
    informational: [{ status: 103, reason: '', version: 'HTTP/1.1', headers: [['Link', '</a>']] }],
    aborted: { at: openedAt, by: 'client', why: 'closed' },
  })
  const response = { ...exchange.response!, trailers: [['grpc-status', '5']] as const }
  const lines = httpLines({ exchange: { ...exchange, response }, bodies: {} }, plain)
  assert.ok(lines.indexOf('< HTTP/1.1 103') < lines.indexOf('< HTTP/1.1 200 OK'))
  const trailer = lines.indexOf('< grpc-status: 5')
  assert.equal(lines[trailer + 1], '* gRPC status 5 NOT_FOUND')
  assert.equal(lines.at(-1), '* ended by client: closed')
})

test('what is wrong with the messages is told by its code', () => {
  const problems = [{ code: 'http1/te-with-cl', blame: 'server', message: 'both of\u001b them' }] as const
  assert.ok(
    httpLines({ exchange: makeExchange({ problems }), bodies: {} }, plain).includes(
      '* ✗ http1/te-with-cl: both of\\x1b them',
    ),
  )
})

test('the messages of a WebSocket follow its head', () => {
  const message = { seq: 0, at: openedAt + 50, endedAt: openedAt + 50, opcode: 1, frames: 1 }
  const told = { ...message, direction: 'to-server', compressed: false, complete: true, length: 3 } as const
  const bytes = Buffer.from('a\x1bb')
  const messages = [{ message: { ...told, bytes }, bytes }]
  const lines = httpLines({ exchange: makeExchange(), bodies: {}, messages, messageCount: 3 }, plain)
  assert.deepEqual(lines.slice(-4), ['→ 50.0  text 3 B', '  a\\x1bb', '* 2 more messages', '* done in 38 ms'])
})

test('what the server got and answered otherwise stands below the message, marked', () => {
  const exchange = makeExchange()
  const [host] = exchange.request.head.headers
  const response = { ...exchange.response!, bodyBytes: 2, head: { ...exchange.response!.head, headers: [] } }
  const server = {
    request: { ...exchange.request, sameBody: true, head: { ...exchange.request.head, headers: [host!] } },
    informational: [],
    response,
  } as const
  const bodies = { response: Buffer.from('hi'), 'server-response': Buffer.from('ho') }
  assert.deepEqual(
    httpLines({ exchange: { ...exchange, response, server }, bodies }, plain).filter(line => line.startsWith('*')),
    [
      '* The server got it otherwise:',
      '*   - accept: */*',
      '* body: 2 bytes, as text',
      '* The server answered otherwise:',
      '*   - ho',
      '*   + hi',
      '* done in 38 ms',
    ],
  )
  const unasked = httpLines({ exchange: { ...exchange, server: 'not-asked' }, bodies: {} }, plain)
  assert.equal(unasked.filter(line => line.includes('not asked')).length, 1)
})

test('that the client may go around Parley is a remark under the head', () => {
  const lines = httpLines({ exchange: withBody(0, [['Alt-Svc', 'h3=":443"']]), bodies: {} }, plain)
  const at = lines.indexOf('< Alt-Svc: h3=":443"')
  assert.match(lines[at + 2] ?? '', /^\* the server offers h3 at :443 .* around Parley$/)
})

test('what acted on the exchange stands below the message that it acted on, without what moves a terminal', () => {
  const acts = [
    { by: '~d a => set-header request x 1', did: 'set header x', side: 'request' },
    { by: 'breakpoint', did: 'changed \x1bbody', side: 'response' },
    { by: 'replay', did: '' },
  ] as const
  const { response: _, ...open } = makeExchange()
  for (const exchange of [makeExchange({ acts }), { ...open, acts }])
    assert.deepEqual(
      httpLines({ exchange, bodies: {} }, plain).filter(each => each.includes('acted')),
      [
        '* acted on by ~d a => set-header request x 1: set header x',
        '* acted on by replay',
        '* acted on by breakpoint: changed \\x1bbody',
      ],
    )
})
