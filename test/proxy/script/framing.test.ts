import assert from 'node:assert/strict'
import type { IncomingMessage } from 'node:http'
import { PassThrough } from 'node:stream'
import { test } from 'node:test'
import type { IContext } from 'http-mitm-proxy'
import { frameBody, frameRequest, frameResponse, hasBody, isHttp2 } from '../../../src/proxy/script/framing.ts'

type Headers = Record<string, string>
const request = (headers: Headers): IncomingMessage => ({ headers }) as unknown as IncomingMessage

/** The head that goes out when scripts have changed it. */
function framed(method: string, headers: Headers, change = (_: Headers): void => {}): Headers {
  const asking = { method, headers: { ...headers } } as unknown as Parameters<typeof frameRequest>[1]
  const after = frameRequest(request(headers), asking)
  change(asking.headers)
  after()
  return asking.headers
}

test('a POST without framing has no body, and is not called chunked', () => {
  assert.deepEqual(framed('POST', { a: 'b' }), { a: 'b', 'content-length': '0' })
  assert.deepEqual(framed('GET', { a: 'b' }), { a: 'b' })
  assert.deepEqual(framed('POST', { 'transfer-encoding': 'chunked' }), { 'transfer-encoding': 'chunked' })
})

test('a body whose length a script takes away is chunked, whatever the method', () => {
  const withoutLength = (headers: Headers): void => {
    delete headers['content-length']
  }
  assert.deepEqual(framed('DELETE', { 'content-length': '2' }, withoutLength), { 'transfer-encoding': 'chunked' })
  const renamed = (headers: Headers): void => {
    withoutLength(headers)
    headers['Content-Length'] = '3'
  }
  assert.deepEqual(framed('PUT', { 'content-length': '2' }, renamed), { 'Content-Length': '3' })
})

test('an offer of HTTP/2 goes no further, any other does', () => {
  const offer = { upgrade: 'h2c', 'http2-settings': 'AAA', connection: 'Upgrade, HTTP2-Settings' }
  assert.deepEqual(framed('GET', { ...offer, a: 'b' }), { a: 'b' })
  assert.deepEqual([isHttp2('H2C'), isHttp2('websocket'), isHttp2()], [true, false, false])
})

test('a request announces a body by either field', () => {
  const fields = [{}, { 'content-length': '0' }, { 'transfer-encoding': 'chunked' }]
  assert.deepEqual(
    fields.map(headers => hasBody(request(headers))),
    [false, true, true],
  )
})

function answered(method: string, statusCode: number, headers: Headers, wanted: boolean) {
  const context = {
    clientToProxyRequest: { method, httpVersion: '1.0' },
    serverToProxyResponse: { statusCode, headers },
    responseFilters: [new PassThrough()],
    responseContentPotentiallyModified: true,
  } as unknown as IContext
  frameBody(context, wanted)
  return context
}

test('where an answer has no body, nothing is done with one', () => {
  for (const [method, status] of [
    ['HEAD', 200],
    ['GET', 204],
    ['GET', 304],
  ] as const) {
    const { responseFilters, responseContentPotentiallyModified } = answered(method, status, {}, true)
    assert.deepEqual([responseFilters.length, responseContentPotentiallyModified], [0, false], `${method} ${status}`)
  }
  assert.equal(answered('GET', 200, { 'content-length': '0' }, false).responseFilters.length, 0)
  assert.equal(answered('GET', 200, {}, true).responseFilters.length, 1)
})

test('a client of HTTP/1.0 gets no chunks', () => {
  const headers: Headers = { 'transfer-encoding': 'chunked' }
  frameResponse(answered('GET', 200, headers, false))
  assert.deepEqual(headers, { connection: 'close' })
})
