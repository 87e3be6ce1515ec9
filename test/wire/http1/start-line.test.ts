import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readRequestHead, readResponseHead } from '../../../src/wire/http1/start-line.ts'

test('a request line has method, target and version', () => {
  const head = readRequestHead('M-SEARCH /a?b HTTP/1.0\r\nHost: x\r\n\r\n')!
  assert.deepEqual([head.method, head.target, head.version, head.fields.host], ['M-SEARCH', '/a?b', 'HTTP/1.0', 'x'])
})

test('a target with white space is kept and told', () => {
  const head = readRequestHead('GET /a b HTTP/1.1\r\n\r\n')!
  assert.equal(head.target, '/a b')
  assert.equal(head.fields.faults?.[0]?.code, 'http1/bad-request-line')
})

test('what is no HTTP/1 request line has no head', () => {
  for (const line of [
    'GET /',
    'GET / HTTP/2.0',
    'GET  HTTP/1.1',
    'G(T / HTTP/1.1',
    ' / HTTP/1.1',
    'GET / HTTP/1.1 ',
    '',
  ])
    assert.equal(readRequestHead(`${line}\r\n\r\n`), undefined, line)
})

test('a status line may have an empty reason, or none', () => {
  const read = (line: string) => {
    const head = readResponseHead(`${line}\r\n\r\n`)
    return head && [head.status, head.reason, head.version]
  }
  assert.deepEqual(read('HTTP/1.1 404 Not  Found'), [404, 'Not  Found', 'HTTP/1.1'])
  assert.deepEqual(read('HTTP/1.0 200 '), [200, '', 'HTTP/1.0'])
  assert.deepEqual(read('HTTP/1.1 200'), [200, '', 'HTTP/1.1'])
  for (const line of [
    'HTTP/1.1 20',
    'HTTP/1.1 099 x',
    'HTTP/1.1 2000',
    'HTTP/1.1 2x0 y',
    'ICY 200 OK',
    'HTTP/1.1  200',
  ])
    assert.equal(read(line), undefined, line)
})

test('bytes above 127 in a target, and controls in a reason phrase, are told', () => {
  const asked = (target: string) => readRequestHead(`GET ${target} HTTP/1.1\r\n\r\n`)?.fields.faults?.map(f => f.code)
  for (const target of ['/\xc3\xa9', '/\xff', '/\x7f']) assert.deepEqual(asked(target), ['http1/bad-request-line'])
  assert.equal(asked('/%C3%A9'), undefined)
  const told = (line: string) => readResponseHead(`${line}\r\n\r\n`)?.fields.faults?.map(f => f.code)
  assert.deepEqual(told('HTTP/1.1 200 OK\rX: 1'), ['http1/bare-cr'])
  assert.deepEqual(told('HTTP/1.1 200 OK\r'), ['http1/bare-cr'])
  for (const reason of ['O\x01K', 'O\x7fK', '\x1b[2J'])
    assert.deepEqual(told(`HTTP/1.1 200 ${reason}`), ['http1/bad-reason'])
  for (const reason of ['O\tK', 'D\xe9j\xe0', '']) assert.equal(told(`HTTP/1.1 200 ${reason}`), undefined)
})

test('a line that ends in LF alone is told, the first one too', () => {
  const codes = (text: string) => readResponseHead(text)?.fields.faults?.map(fault => fault.code)
  assert.equal(codes('HTTP/1.1 200 OK\r\na: 1\r\n\r\n'), undefined)
  for (const text of ['HTTP/1.1 200 OK\na: 1\r\n\r\n', 'HTTP/1.1 200 OK\r\na: 1\n\r\n', 'HTTP/1.1 200 OK\r\n\n'])
    assert.deepEqual(codes(text), ['http1/bare-lf'], JSON.stringify(text))
})
