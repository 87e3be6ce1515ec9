import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readFieldLines } from '../../../src/wire/http1/field-lines.ts'

const read = (text: string) => readFieldLines(text, 0)
const codes = (text: string) => (read(text).faults ?? []).map(fault => fault.code)

test('case, order and duplicates stay; blanks around the value go', () => {
  const lines = read('X-b: 1\r\nx-A:2\r\nX-b: \t 3 \t\r\nEmpty:\r\n\r\n')
  assert.deepEqual(lines.headers, [
    ['X-b', '1'],
    ['x-A', '2'],
    ['X-b', '3'],
    ['Empty', ''],
  ])
  assert.equal(lines.faults, undefined)
})

test('LF alone ends a line as CRLF does', () => {
  assert.deepEqual(read('a: 1\nb: 2\r\nc: 3\n\n').headers, [
    ['a', '1'],
    ['b', '2'],
    ['c', '3'],
  ])
})

test('a folded value keeps its line ends and is told', () => {
  const text = 'a: 1\r\n\t2\n 3\r\nb: 4\r\n\r\n'
  assert.deepEqual(read(text).headers, [
    ['a', '1\r\n\t2\n 3'],
    ['b', '4'],
  ])
  assert.deepEqual(codes(text), ['http1/obs-fold'])
})

test('a bare CR, a blank before the colon, NUL and a line without a colon are told and kept', () => {
  assert.deepEqual(codes('a: 1\r2\r\n\r\n'), ['http1/bare-cr'])
  assert.deepEqual(read('a: 1\r2\r\n\r\n').headers, [['a', '1\r2']])
  assert.deepEqual(codes('a : 1\r\n\r\n'), ['http1/space-before-colon'])
  assert.deepEqual(read('a : 1\r\n\r\n').headers, [['a ', '1']])
  assert.deepEqual(codes('a: \0\r\n\r\n'), ['http1/nul'])
  assert.deepEqual(codes('abc\r\nd: 1\r\n\r\n'), ['http1/no-colon'])
  assert.deepEqual(read('abc\r\nd: 1\r\n\r\n').headers, [
    ['abc', ''],
    ['d', '1'],
  ])
  assert.deepEqual(codes(' a: 1\r\n\r\n'), ['http1/space-before-first-field'])
})

test('the fields that frame a message are noted whatever their case', () => {
  const lines = read(
    'HOST: a\r\nhost: b\r\nConTent-Length : 5\r\ncontent-length: 6\r\nTRANSFER-encoding: chunked\r\nupgrade: h2c\r\nConnection: a\r\nconnection: b\r\n\r\n',
  )
  assert.equal(lines.host, 'a')
  assert.equal(lines.hosts, 2)
  assert.equal(lines.contentLength, '5,6')
  assert.equal(lines.contentLengths, 2)
  assert.equal(lines.transferEncoding, 'chunked')
  assert.equal(lines.upgrade, 'h2c')
  assert.equal(lines.connection, 'a,b')
})

test('many lines without a colon or a CR are read in linear time', () => {
  const lines = read(`${'x\n'.repeat(120_000)}\n`)
  assert.equal(lines.headers.length, 120_000)
})

test('a name that is no token, or empty, is told and kept', () => {
  for (const [line, name] of [
    ['a b: 1', 'a b'],
    ['a\xe9: 1', 'a\xe9'],
    ['(a): 1', '(a)'],
    [': 1', ''],
  ] as const) {
    assert.deepEqual(codes(`${line}\r\n\r\n`), ['http1/bad-field-name'], line)
    assert.deepEqual(read(`${line}\r\n\r\n`).headers, [[name, '1']])
  }
  assert.equal(read("!#$%&'*+-.^_`|~: 1\r\n\r\n").faults, undefined)
})
