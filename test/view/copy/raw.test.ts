import assert from 'node:assert/strict'
import { test } from 'node:test'
import { exactRequest, exactResponse, rawRequest, rawResponse } from '../../../src/view/copy/raw.ts'
import { exchangeOf } from './make.ts'

test('the head is as it was sent: target, case, order, duplicates', () => {
  const exchange = exchangeOf({
    headers: [
      ['hOst', 'a.test'],
      ['X', '1'],
      ['x', '\xc3\xb6'],
    ],
  })
  assert.equal(
    rawRequest.copy(exchange, Buffer.from('body')),
    'GET /p HTTP/1.1\r\nhOst: a.test\r\nX: 1\r\nx: ö\r\n\r\nbody',
  )
  assert.equal(
    rawResponse.copy(exchange, Buffer.from('body')),
    'HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\nbody',
  )
})

test('a head of odd spaces and line ends is exact where that is asked for', () => {
  const raw = 'GET /p HTTP/1.1\nA :b\n\n'
  const exchange = exchangeOf({ head: { raw }, headers: [['A ', 'b']] })
  assert.equal(exactRequest.copy(exchange, Buffer.from('body')), `${raw}body`)
  assert.equal(rawRequest.copy(exchange, Buffer.from('body')), 'GET /p HTTP/1.1\r\nA : b\r\n\r\nbody')
})

test('HTTP/2 has no start line', () => {
  const exchange = exchangeOf({ head: { version: 'HTTP/2' }, headers: [[':method', 'GET']] })
  assert.equal(rawRequest.copy(exchange, new Uint8Array(0)), ':method: GET\r\n\r\n')
})

test('where there is no response there is nothing to copy', () => {
  const { response: _, ...pending } = exchangeOf()
  assert.equal(rawResponse.copy(pending, new Uint8Array(0)), '')
})

test('control characters are escaped unless the exact bytes are asked for', () => {
  const exchange = exchangeOf({ head: { target: '/\x1b]52;c;QQ==\x07' }, headers: [['x', 'a\nrm -rf\x9b']] })
  const body = Buffer.from('one\n\x1b[2Jtwo\r\n')
  assert.equal(
    rawRequest.copy(exchange, body),
    'GET /\\x1b]52;c;QQ==\\x07 HTTP/1.1\r\nx: a\\x0arm -rf\ufffd\r\n\r\none\n\\x1b[2Jtwo\r\n',
  )
  assert.match(exactRequest.copy(exchange, body), /^GET \/\x1b\]52;c;QQ==\x07 HTTP\/1\.1\r\nx: a\nrm/)
  assert.match(exactResponse.copy(exchange, body), /\x1b\[2J/)
  assert.doesNotMatch(rawResponse.copy(exchange, body), /\x1b/)
})
