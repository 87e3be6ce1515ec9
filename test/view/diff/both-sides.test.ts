import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { BodySide, Exchange, ExchangeSide, Header } from '../../../src/model/exchange.ts'
import { bodySideOf, otherSide } from '../../../src/view/diff/both-sides.ts'
import { makeExchange } from '../recorded.ts'

const none = (): Uint8Array => new Uint8Array()

interface Change {
  readonly request?: readonly Header[]
  readonly response?: readonly Header[]
  readonly body?: number
}

type Changed = Omit<Exchange, 'server'> & { readonly server: ExchangeSide }

function changed({ request, response, body = 0 }: Change): Changed {
  const exchange = makeExchange()
  const { head } = exchange.request
  const answer = exchange.response!
  const server: ExchangeSide = {
    request: { ...exchange.request, sameBody: true, head: { ...head, headers: request ?? head.headers } },
    informational: [],
    response: { ...answer, bodyBytes: body, head: { ...answer.head, headers: response ?? answer.head.headers } },
  }
  return { ...exchange, response: { ...answer, bodyBytes: body }, server }
}

const marked = (exchange: Exchange, side: 'request' | 'response', body: (side: BodySide) => Uint8Array = none) =>
  otherSide(exchange, side, body)?.lines.map(({ mark, text }) => `${mark} ${text}`)

test('an exchange that passed as it was has nothing to tell', () => {
  assert.equal(otherSide(makeExchange(), 'request', none), undefined)
  assert.equal(otherSide(changed({}), 'request', none), undefined)
  assert.equal(otherSide(changed({}), 'response', none), undefined)
})

test('the form of the target is no difference, another path is', () => {
  const exchange = changed({})
  const { server, request } = exchange
  const asked = (path: string): Exchange => ({
    ...exchange,
    request: { ...request, head: { ...request.head, target: `http://api.example.com${request.head.path}` } },
    server: { ...server, request: { ...server.request, head: { ...server.request.head, path, target: path } } },
  })
  assert.equal(otherSide(asked(request.head.path), 'request', none), undefined)
  assert.deepEqual(marked(asked('/v2'), 'request'), [`- GET ${request.head.path} HTTP/1.1`, '+ GET /v2 HTTP/1.1'])
})

test('lines are marked as the message passed: from the client on, and from the server on', () => {
  const own = makeExchange()
  const [first, ...rest] = own.request.head.headers
  assert.deepEqual(marked(changed({ request: [first!, ['X-New', 'a\x1bb']] }), 'request'), [
    ...rest.map(([name, value]) => `- ${name}: ${value}`),
    '+ X-New: a\\x1bb',
  ])
  const headers = own.response!.head.headers
  const exchange = changed({ response: [...headers, ['X-Gone', '1']] })
  assert.deepEqual(marked(exchange, 'response'), ['- X-Gone: 1'])
  assert.equal(otherSide(exchange, 'response', none)?.remark, 'The server answered otherwise:')
})

test('names in another case are told only where nothing else differs', () => {
  const lower = makeExchange().request.head.headers.map(([name, value]): Header => [name.toLowerCase(), value])
  const other = otherSide(changed({ request: lower }), 'request', none)
  assert.deepEqual(other, {
    remark: 'The server got it otherwise: some names of fields in another case.',
    lines: [],
    rows: [],
  })
  assert.deepEqual(marked(changed({ request: [...lower, ['x', '1']] }), 'request'), ['+ x: 1'])
})

test('bodies are compared as they are shown', () => {
  const bodies: { readonly [side in BodySide]?: string } = { response: 'one\nTWO\n', 'server-response': 'one\ntwo\n' }
  const exchange = changed({ body: 8, response: [] })
  const ours = { ...exchange, response: { ...exchange.response!, head: { ...exchange.response!.head, headers: [] } } }
  assert.deepEqual(
    marked(ours, 'response', side => Buffer.from(bodies[side] ?? '')),
    ['- two', '+ TWO'],
  )
  assert.deepEqual(
    marked(ours, 'response', side => Buffer.from(side === 'response' ? 'one' : '')),
    ['- body: 8 B, not kept', '+ one', '+ body: 8 B in all'],
  )
})

test('a server that was not asked, or has not answered, is named', () => {
  const exchange = changed({})
  const unasked = otherSide({ ...exchange, server: 'not-asked' }, 'response', none)
  assert.deepEqual(unasked, { remark: 'Parley answered by itself; the server was not asked.', lines: [], rows: [] })
  const { response: _, ...server } = exchange.server
  assert.deepEqual(otherSide({ ...exchange, server }, 'response', none)?.remark, 'The server has not answered.')
})

test('the server’s body is the client’s where they are the same', () => {
  const exchange = changed({})
  assert.equal(bodySideOf(exchange, 'request'), 'request')
  assert.equal(bodySideOf(exchange, 'response'), 'server-response')
  assert.equal(bodySideOf({ ...exchange, server: 'not-asked' }, 'response'), 'response')
})

test('another server stands in the line of the request', () => {
  const exchange = changed({})
  const { server, request } = exchange
  const at = (authority: string): Exchange => ({
    ...exchange,
    server: { ...server, request: { ...server.request, head: { ...server.request.head, authority } } },
  })
  assert.equal(otherSide(at(`${request.head.authority.toUpperCase()}:443`), 'request', none), undefined)
  assert.deepEqual(marked(at('other.example:443'), 'request'), [
    `- GET https://${request.head.authority}${request.head.path} HTTP/1.1`,
    `+ GET https://other.example${request.head.path} HTTP/1.1`,
  ])
})

test('an answer that the client has not got is told with its lines', () => {
  const { response: _, ...held } = changed({ response: [['X-A', '1']] })
  const other = otherSide(held, 'response', none)
  assert.equal(other?.remark, 'The server has answered, and the client has not got it:')
  assert.deepEqual(other?.rows.at(-1), { mark: '≠', server: 'X-A: 1' })
})
