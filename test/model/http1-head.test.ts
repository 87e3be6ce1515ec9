import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isKnownForm, urlParts } from '../../src/model/http1-head.ts'
import { readRequestHead } from '../../src/wire/http1/start-line.ts'
import { context } from '../observe/transcript.ts'

const url = (line: string, host?: string) => {
  const head = readRequestHead(`${line} HTTP/1.1\r\n${host === undefined ? '' : `Host: ${host}\r\n`}\r\n`)!
  const { scheme, authority, path } = urlParts(context, head)
  return [scheme, authority, path]
}

test('origin-form takes its authority from Host, or from the target of the connection', () => {
  assert.deepEqual(url('GET /a?b', 'Example.com:1'), ['https', 'Example.com:1', '/a?b'])
  assert.deepEqual(url('GET //a'), ['https', 'fallback.test', '//a'])
  assert.deepEqual(url('GET /', ''), ['https', 'fallback.test', '/'])
})

test('absolute-form beats Host', () => {
  assert.deepEqual(url('GET http://a:80/b?c', 'x'), ['http', 'a:80', '/b?c'])
  assert.deepEqual(url('GET HTTP://a', 'x'), ['http', 'a', '/'])
  assert.deepEqual(url('GET http://a?b=/', 'x'), ['http', 'a', '/?b=/'])
})

test('authority-form and asterisk-form', () => {
  assert.deepEqual(url('CONNECT a:443', 'x'), ['https', 'a:443', ''])
  assert.deepEqual(url('OPTIONS *', 'x'), ['https', 'x', '*'])
})

test('a target in none of the forms is still a path', () => {
  assert.deepEqual(url('GET a/b://c'), ['a/b', 'c', '/'])
  assert.deepEqual(url('GET a', 'x'), ['https', 'x', 'a'])
  assert.equal(isKnownForm('GET', 'a'), false)
  assert.equal(isKnownForm('CONNECT', 'a:1'), true)
})
