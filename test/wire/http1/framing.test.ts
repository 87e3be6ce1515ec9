import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hasToken, requestFraming, responseFraming } from '../../../src/wire/http1/framing.ts'
import { readRequestHead, readResponseHead } from '../../../src/wire/http1/start-line.ts'

const shown = ({ body, length, after, faults = [] }: ReturnType<typeof requestFraming>) =>
  [body, length, after, ...faults.map(fault => fault.code.slice(6))].join(' ')

const request = (fields: string, start = 'POST / HTTP/1.1') =>
  shown(requestFraming(readRequestHead(`${start}\r\n${fields}${fields && '\r\n'}\r\n`)!))
const response = (fields: string, method = 'GET', start = 'HTTP/1.1 200 OK') =>
  shown(responseFraming(readResponseHead(`${start}\r\n${fields}${fields && '\r\n'}\r\n`)!, method))

test('a request without a length has no body, a response lasts until the end', () => {
  assert.equal(request(''), 'none 0 next')
  assert.equal(response(''), 'until-close 0 close')
})

test('HEAD, 204, 304 and interim responses have no body whatever they say', () => {
  assert.equal(response('Content-Length: 5', 'HEAD'), 'none 0 next')
  assert.equal(response('Content-Length: 5', 'GET', 'HTTP/1.1 204 x'), 'none 0 next')
  assert.equal(response('Transfer-Encoding: chunked', 'GET', 'HTTP/1.1 304 x'), 'none 0 next')
  assert.equal(response('Content-Length: 5', 'GET', 'HTTP/1.1 103 x'), 'interim 0 next')
})

test('101 and a 2xx to CONNECT end HTTP; a refused CONNECT does not', () => {
  assert.equal(response('', 'GET', 'HTTP/1.1 101 x'), 'none 0 upgrade')
  assert.equal(response('Content-Length: 5', 'CONNECT', 'HTTP/1.1 200 x'), 'none 0 upgrade')
  assert.equal(response('Content-Length: 5', 'CONNECT', 'HTTP/1.1 407 x'), 'length 5 next')
  assert.equal(request('Content-Length: 5', 'CONNECT a:1 HTTP/1.1'), 'none 0 hold')
  assert.equal(request('Upgrade: websocket'), 'none 0 hold')
})

test('Transfer-Encoding beats Content-Length and is told', () => {
  assert.equal(request('Content-Length: 5\r\nTransfer-Encoding: chunked'), 'chunked 0 next te-with-cl')
  assert.equal(request('Transfer-Encoding: gzip, Chunked'), 'chunked 0 next')
  assert.equal(request('Transfer-Encoding: chunked, chunked'), 'chunked 0 next te-chunked-twice')
  assert.equal(request('Transfer-Encoding: chunked', 'POST / HTTP/1.0'), 'chunked 0 close te-in-http10')
})

test('chunked that is not last ends a request nowhere, and a response with the connection', () => {
  assert.equal(request('Transfer-Encoding: chunked, gzip'), 'unknown 0 close te-not-final-chunked')
  assert.equal(response('Transfer-Encoding: gzip'), 'until-close 0 close te-not-final-chunked')
})

test('empty elements of a list are passed over, and told of Transfer-Encoding', () => {
  assert.equal(request('Transfer-Encoding: chunked,'), 'chunked 0 next te-empty-element')
  assert.equal(response('Transfer-Encoding: , gzip, ,chunked , '), 'chunked 0 next te-empty-element')
  assert.equal(request('Transfer-Encoding:\r\nTransfer-Encoding: chunked'), 'chunked 0 next te-empty-element')
  assert.equal(
    response('Transfer-Encoding: chunked, gzip,'),
    'until-close 0 close te-empty-element te-not-final-chunked',
  )
  assert.equal(request('Transfer-Encoding: ,'), 'unknown 0 close te-empty-element te-not-final-chunked')
  assert.equal(request('Transfer-Encoding: \x0bchunked'), 'unknown 0 close te-not-final-chunked')
  assert.equal(request('Connection: , close,'), 'none 0 close')
  assert.equal(request('Content-Length: 5,'), 'unknown 0 close duplicate-content-length')
})

test('a coding with blanks inside is looked at once, however many there are', () => {
  const blanks = ' '.repeat(2_000_000)
  assert.equal(request(`Transfer-Encoding: a${blanks}b,${blanks}chunked`), 'chunked 0 next')
})

test('equal lengths count once and are told; different ones end nowhere', () => {
  assert.equal(request('Content-Length: 5\r\nContent-Length: 5'), 'length 5 next duplicate-content-length')
  assert.equal(request('Content-Length: 5, 5'), 'length 5 next duplicate-content-length')
  assert.equal(request('Content-Length: 5\r\nContent-Length: 6'), 'unknown 0 close duplicate-content-length')
  for (const bad of ['+5', '-1', '0x5', '5 5', '', '99999999999999999999'])
    assert.equal(request(`Content-Length: ${bad}`), 'unknown 0 close invalid-content-length', bad)
})

test('who closes: Connection: close, and HTTP/1.0 without keep-alive', () => {
  assert.equal(request('Connection: x, Close'), 'none 0 close')
  assert.equal(response('Content-Length: 0', 'GET', 'HTTP/1.0 200 x'), 'none 0 close')
  assert.equal(response('Content-Length: 0\r\nConnection: Keep-Alive', 'GET', 'HTTP/1.0 200 x'), 'none 0 next')
})

test('a token is found in a list, not inside a word', () => {
  assert.equal(hasToken('Keep-Alive, UPGRADE', 'upgrade'), true)
  assert.equal(hasToken('not-close', 'close'), false)
})
