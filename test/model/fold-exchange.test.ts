import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Exchange, RequestHead, ResponseHead } from '../../src/model/exchange.ts'
import type { ExchangeEvent } from '../../src/model/exchange-event.ts'
import { foldExchange, newExchange, withPassed } from '../../src/model/fold-exchange.ts'
import { deepFreeze } from './freeze.ts'

const request: RequestHead = {
  method: 'GET',
  target: '/',
  scheme: 'https',
  authority: 'a.example',
  path: '/',
  version: 'HTTP/1.1',
  headers: [['Host', 'a.example']],
}
const response: ResponseHead = { status: 200, reason: 'OK', version: 'HTTP/1.1', headers: [] }
const early: ResponseHead = { ...response, status: 103, reason: 'Early Hints' }
const problem = { code: 'http1/bad-chunk', blame: 'server', message: 'no size' } as const

/** One event of each type, as a record so that a new type is a compile error here. */
const samples: { readonly [type in ExchangeEvent['type']]: ExchangeEvent & { readonly type: type } } = {
  informational: { type: 'informational', head: early },
  'response-head': { type: 'response-head', at: 2, head: response },
  body: { type: 'body', side: 'response', at: 3, bytes: Buffer.from('hello') },
  'body-dropped': { type: 'body-dropped', side: 'response', at: 4, length: 100 },
  'body-unkept': { type: 'body-unkept', side: 'response', length: 2 },
  ended: { type: 'ended', side: 'response', at: 5, trailers: [['x-checksum', '1']] },
  'server-not-asked': { type: 'server-not-asked' },
  'server-request': { type: 'server-request', at: 7, head: { ...request, path: '/other' } },
  'server-side': { type: 'server-side', event: { type: 'response-head', at: 8, head: { ...response, status: 404 } } },
  'same-body': { type: 'same-body', side: 'response' },
  acted: { type: 'acted', act: { by: '~all => set-header request x 1', did: 'set header x', side: 'request' } },
  upgraded: { type: 'upgraded', protocol: 'websocket' },
  aborted: { type: 'aborted', at: 6, by: 'client', why: 'the client went' },
  problem: { type: 'problem', problem },
}
const all = Object.values(samples)
const start = newExchange(7, 3, 1, request)
const foldAll = (events: readonly ExchangeEvent[], from = start): Exchange => events.reduce(foldExchange, from)

test('a new exchange has its request head and nothing else', () => {
  const message = { head: request, headAt: 1, bodyBytes: 0, bodyDropped: 0 }
  assert.deepEqual(start, { id: 7, connection: 3, request: message, informational: [], problems: [] })
  assert.equal(newExchange(7, 3, 1, request, 5).stream, 5)
})

test('the events of a whole exchange leave every field filled', () => {
  const requested = foldAll([{ type: 'ended', side: 'request', at: 1.5 }])
  assert.deepEqual(foldAll(all, requested), {
    id: 7,
    connection: 3,
    request: { head: request, headAt: 1, bodyBytes: 0, bodyDropped: 0, endedAt: 1.5 },
    informational: [early],
    response: {
      head: response,
      headAt: 2,
      bodyBytes: 105,
      bodyDropped: 102,
      endedAt: 5,
      trailers: [['x-checksum', '1']],
    },
    server: {
      request: { head: { ...request, path: '/other' }, headAt: 7, bodyBytes: 0, bodyDropped: 0 },
      informational: [],
      response: { head: { ...response, status: 404 }, headAt: 8, bodyBytes: 0, bodyDropped: 0, sameBody: true },
    },
    acts: [samples.acted.act],
    upgraded: 'websocket',
    aborted: { at: 6, by: 'client', why: 'the client went' },
    problems: [problem],
  })
})

test('no event changes the exchange it is folded into, whatever came before', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...all), { maxLength: 20 }), fc.constantFrom(...all), (before, event) => {
      const exchange = deepFreeze(foldAll(before))
      const shown = JSON.stringify(exchange)
      foldExchange(exchange, deepFreeze(event)) // throws where it writes into what is frozen
      assert.equal(JSON.stringify(exchange), shown)
    }),
  )
})

test('the bytes of a body are counted by side, and dropped ones count in both numbers', () => {
  const part = fc.record({
    type: fc.constantFrom('body', 'body-dropped'),
    side: fc.constantFrom('request', 'response'),
    length: fc.nat(5000),
  })
  fc.assert(
    fc.property(fc.array(part), parts => {
      const events = parts.map(({ type, side, length }) =>
        type === 'body'
          ? ({ type, side, at: 0, bytes: new Uint8Array(length) } as ExchangeEvent)
          : ({ type, side, at: 0, length } as ExchangeEvent),
      )
      const exchange = foldAll([samples['response-head'], ...events])
      for (const side of ['request', 'response'] as const) {
        const own = parts.filter(part => part.side === side)
        const sum = (of: typeof own): number => of.reduce((total, { length }) => total + length, 0)
        assert.equal(exchange[side]!.bodyBytes, sum(own))
        assert.equal(exchange[side]!.bodyDropped, sum(own.filter(({ type }) => type === 'body-dropped')))
      }
    }),
  )
})

test('a response body before a response head changes nothing', () => {
  assert.equal(foldExchange(start, samples.body), start)
  assert.equal(foldExchange(start, samples.ended), start)
})

test('an end without trailers leaves no trailers, not undefined ones', () => {
  assert.equal('trailers' in foldExchange(start, { type: 'ended', side: 'request', at: 2 }).request, false)
})

test('what is said on the server’s side leaves the client’s as it was, and nothing is before the server was asked', () => {
  assert.equal(foldExchange(start, samples['server-side']), start)
  const asked = foldExchange(start, samples['server-request'])
  const { server, ...client } = foldExchange(asked, {
    type: 'server-side',
    event: { type: 'body', side: 'request', at: 9, bytes: Buffer.from('abc') },
  })
  assert.ok(typeof server === 'object')
  assert.equal(server.request.bodyBytes, 3)
  assert.deepEqual(client, start)
})

test('nothing ends before it began, whatever clock told it', () => {
  const head: ExchangeEvent = { type: 'response-head', at: 20, head: response }
  const late = newExchange(1, 1, 10, request)
  assert.equal(foldAll([{ type: 'aborted', at: 4, by: 'client', why: 'reset' }], late).aborted?.at, 10)
  assert.equal(foldAll([head, { type: 'aborted', at: 4, by: 'client', why: 'reset' }], late).aborted?.at, 20)
  assert.equal(foldAll([head, { type: 'ended', side: 'response', at: 4 }], late).response?.endedAt, 20)
  assert.equal(foldAll([{ ...head, at: 4 }], late).response?.headAt, 10)
})

test('a server that is not asked has no side, until it is asked', () => {
  const unasked = foldExchange(start, { type: 'server-not-asked' })
  assert.equal(unasked.server, 'not-asked')
  assert.equal(foldExchange(unasked, samples['server-side']), unasked)
  assert.equal(typeof foldExchange(unasked, samples['server-request']).server, 'object')
})

test('what is not told of the server’s side is the client’s', () => {
  const head = { ...request, headers: [] }
  const told = foldAll([
    { type: 'informational', head: early },
    samples['response-head'],
    samples.body,
    { type: 'server-request', at: 9, head },
    { type: 'same-body', side: 'request' },
  ])
  const { server, ...client } = withPassed(told)
  assert.deepEqual({ ...client, server: told.server }, told)
  assert.deepEqual(server, {
    request: { ...told.request, head, headAt: 9, sameBody: true },
    informational: [early],
    response: { ...told.response, sameBody: true },
  })
  assert.equal(withPassed(start), start)
})

test('a message of the server’s own body stays its own, and one that the client never got stands alone', () => {
  const own = foldAll([
    { type: 'server-request', at: 9, head: request },
    { type: 'server-side', event: { ...samples.body, side: 'request' } },
    samples['server-side'],
    samples['same-body'],
  ])
  const { server } = withPassed(own)
  assert.ok(typeof server === 'object')
  assert.deepEqual([server.request.bodyBytes, server.request.sameBody], [5, undefined])
  assert.deepEqual([server.response?.head.status, server.response?.bodyBytes], [404, 0])
})

test('a head that is told again takes the place of the one before, and bodies stay', () => {
  const twice = foldAll([
    samples['server-request'],
    { type: 'server-side', event: { ...samples.body, side: 'request' } },
    { type: 'server-request', at: 10, head: request },
  ])
  assert.ok(typeof twice.server === 'object')
  assert.deepEqual([twice.server.request.head, twice.server.request.bodyBytes], [request, 5])
})

test('what is done many times is told once, and no more than fifty things', () => {
  assert.equal(foldAll([samples.acted, samples.acted]).acts?.length, 1)
  const acts = Array.from({ length: 60 }, (_, n) => ({ type: 'acted', act: { by: 'rule', did: `${n}` } }) as const)
  assert.equal(foldAll(acts).acts?.length, 50)
})
