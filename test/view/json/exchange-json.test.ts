import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { gzipSync } from 'node:zlib'
import type { ResponseHead } from '../../../src/model/exchange.ts'
import type { StreamMessage } from '../../../src/model/stream-message.ts'
import { exchangeJson, streamMessageJson } from '../../../src/view/json/exchange-json.ts'
import { openedAt } from '../../compare/make.ts'
import { makeExchange } from '../recorded.ts'

const described = readFileSync(new URL('../../../src/view/json/connection-json.md', import.meta.url), 'utf8')

const withAltSvc = <Head extends ResponseHead>(head: Head): Head => ({
  ...head,
  headers: [...head.headers, ['Alt-Svc', 'h3=":443"']],
})

const full = () => {
  const { response, ...rest } = makeExchange()
  const exchange = {
    ...rest,
    response: { ...response!, head: withAltSvc(response!.head), trailers: [['grpc-status', '0']] as const },
    stream: 3,
    server: { request: { ...rest.request, head: { ...rest.request.head, method: 'PUT' } }, informational: [] },
    upgraded: 'websocket',
    aborted: { at: openedAt + 40, by: 'client', why: 'closed' } as const,
  }
  const bytes = gzipSync('{"a":1}')
  const message = { seq: 0, at: openedAt, endedAt: openedAt, opcode: 1, frames: 1, length: bytes.length, bytes }
  const told = { ...message, direction: 'to-server', compressed: true, complete: true } as const
  const messages = [{ message: told, bytes, problem: 'not inflated' }]
  return exchangeJson({ exchange, bodies: { response: bytes }, messages, messageCount: 2 }, openedAt, true)
}

test('request, response, times and the end of an exchange are told', () => {
  const { request, response, server, aborted } = full()
  assert.deepEqual([server?.request.method, server?.response], ['PUT', undefined])
  assert.deepEqual([request.method, request.url], ['GET', 'https://api.example.com/v1/users?page=2'])
  assert.deepEqual(request.headers[0], ['Host', 'api.example.com'])
  assert.deepEqual([response?.status, response?.reason, response?.time, response?.ended], [200, 'OK', 20, 38])
  assert.deepEqual(response?.trailers, [['grpc-status', '0']])
  assert.deepEqual([response?.body?.length, response?.body?.text], [4123, '{"a":1}'])
  assert.deepEqual(aborted, { time: 40, by: 'client', why: 'closed' })
})

test('that the client may go around Parley is a remark', () => {
  assert.deepEqual(
    full().remarks?.map(({ code }) => code),
    ['alt-svc-h3'],
  )
  assert.equal('remarks' in exchangeJson({ exchange: makeExchange(), bodies: {} }, openedAt), false)
})

test('a request without an answer has no response, and one without a body no body', () => {
  const { response: _, ...exchange } = makeExchange()
  const json = exchangeJson({ exchange, bodies: {} }, openedAt)
  assert.deepEqual(['response' in json, 'aborted' in json, 'body' in json.request], [false, false, false])
})

test('of HTTP/1 the heads are there as bytes where they are asked for', () => {
  const { response, ...exchange } = makeExchange()
  const raw = 'HTTP/1.1 200\nA:\xe4\n\n'
  const told = {
    ...exchange,
    response: { ...response!, head: { ...response!.head, raw } },
    informational: [response!.head],
  }
  const json = exchangeJson({ exchange: told, bodies: {} }, openedAt, true)
  const text = (hex?: string) => Buffer.from(hex!, 'hex').toString('latin1')
  assert.match(
    text(json.request.headBytes),
    /^GET \/v1\/users\?page=2 HTTP\/1\.1\r\nHost: api\.example\.com\r\n[\s\S]*\r\n\r\n$/,
  )
  assert.match(text(json.informational[0]!.headBytes), /^HTTP\/1\.1 200 OK\r\n/)
  assert.equal(text(json.response!.headBytes), raw)
  assert.doesNotMatch(JSON.stringify(exchangeJson({ exchange: told, bodies: {} }, openedAt)), /headBytes/)
  const overHttp2 = { ...told, request: { ...told.request, head: { ...told.request.head, version: 'HTTP/2' } } }
  assert.equal(exchangeJson({ exchange: overHttp2, bodies: {} }, openedAt, true).request.headBytes, undefined)
})

test('every member is described', () => {
  const json = full()
  const members = [json, json.request, json.response!, json.response!.body!, json.aborted!, json.messages![0]!].flatMap(
    Object.keys,
  )
  assert.deepEqual(
    members.filter(member => !new RegExp(`\`[^\`]*\\b${member}\\b[^\`]*\``).test(described)),
    [],
  )
})

const since = 1000

const message = (over: Partial<StreamMessage>): StreamMessage => ({
  seq: 0,
  direction: 'to-client',
  at: 1002,
  endedAt: 1003,
  opcode: 1,
  frames: 2,
  compressed: false,
  complete: true,
  length: 2,
  bytes: Buffer.from('hi'),
  ...over,
})

test('a message is told with its payload and its times', () => {
  const told = message({})
  assert.deepEqual(streamMessageJson({ message: told, bytes: told.bytes }, since), {
    direction: 'S>C',
    opcode: 1,
    name: 'text',
    frames: 2,
    compressed: false,
    complete: true,
    body: { length: 2, shown: 2, whole: true, text: 'hi', charset: 'utf-8' },
    time: 2,
    ended: 3,
  })
})

test('one that was compressed has its length on the wire, and the text that was meant', () => {
  const { body } = streamMessageJson(
    { message: message({ compressed: true, length: 7 }), bytes: Buffer.from('hello hello') },
    since,
  )
  assert.deepEqual(body, { length: 7, shown: 11, whole: true, text: 'hello hello', charset: 'utf-8' })
})

test('one that was kept in part, or did not inflate, says so; an empty one has no body', () => {
  const part = message({ length: 9 })
  assert.equal(streamMessageJson({ message: part, bytes: part.bytes }, since).body?.whole, false)
  const odd = message({ compressed: true, bytes: Buffer.from([0xff]), length: 1 })
  const { body, problem } = streamMessageJson({ message: odd, bytes: odd.bytes, problem: 'not inflated' }, since)
  assert.deepEqual([body?.base64, problem], ['/w==', 'not inflated'])
  assert.ok(!('body' in streamMessageJson({ message: message({ length: 0 }), bytes: Buffer.of() }, since)))
})

test('the server’s side has its own bodies, the client’s where they are the same, and is null where it was not asked', () => {
  const exchange = makeExchange()
  const request = { ...exchange.request, bodyBytes: 2 }
  const response = { ...exchange.response!, bodyBytes: 2, head: { ...exchange.response!.head, headers: [] } }
  const server = { request: { ...request, sameBody: true }, informational: [], response } as const
  const bodies = { request: Buffer.from('ab'), response: Buffer.from('hi'), 'server-response': Buffer.from('ho') }
  const json = exchangeJson({ exchange: { ...exchange, request, response, server }, bodies }, openedAt)
  assert.deepEqual(
    [json.request, json.response, json.server?.request, json.server?.response].map(message => message?.body?.text),
    ['ab', 'hi', 'ab', 'ho'],
  )
  assert.equal(exchangeJson({ exchange: { ...exchange, server: 'not-asked' }, bodies }, openedAt).server, null)
})

test('what was done to an exchange is told, and whose the answer is', () => {
  const acts = [{ by: 'breakpoint', did: 'changed the body', side: 'request' }] as const
  const jsonOf = (over: Parameters<typeof makeExchange>[0]) =>
    exchangeJson({ exchange: makeExchange(over), bodies: {} }, since)
  assert.deepEqual([jsonOf({ acts }).acts, jsonOf({ acts }).answeredBy], [acts, undefined])
  assert.equal('acts' in jsonOf({}), false)
  assert.deepEqual(
    [jsonOf({ server: 'not-asked' }).answeredBy, jsonOf({ server: 'not-asked' }).server],
    ['parley', null],
  )
  const aborted = { at: since, by: 'server', why: 'refused', how: 'connection-failed' } as const
  assert.equal(jsonOf({ aborted }).answeredBy, 'parley')
})

test('a message that was changed has what the server sent or got, one that was dropped has not', () => {
  const acts = [{ by: 'rule', did: 'replaced a' }]
  const acted = { how: 'changed', acts, server: { length: 9, bytes: Buffer.from('ho') } } as const
  const jsonOf = (done: NonNullable<StreamMessage['acted']>) =>
    streamMessageJson({ message: message({ acted: done }), bytes: Buffer.from('hi') }, since).acted
  assert.deepEqual(jsonOf(acted), {
    how: 'changed',
    acts,
    body: { length: 9, shown: 2, whole: false, text: 'ho', charset: 'utf-8' },
  })
  assert.deepEqual(jsonOf({ how: 'dropped', acts }), { how: 'dropped', acts })
})
