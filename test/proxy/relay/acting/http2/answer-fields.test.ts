import assert from 'node:assert/strict'
import { test } from 'node:test'
import { answerFields } from '../../../../../src/proxy/relay/acting/http2/answer-fields.ts'

test('an answer that came over HTTP/1 loses what was about that connection, and upper case', () => {
  const block = answerFields(200, [
    ['Connection', 'X-Hop'],
    ['X-Hop', '1'],
    ['Transfer-Encoding', 'chunked'],
    ['Set-Cookie', 'a'],
    ['Set-Cookie', 'b'],
    [':status', '404'],
  ])
  assert.ok(typeof block !== 'string')
  assert.deepEqual(block.fields, [
    [':status', '200'],
    ['set-cookie', 'a'],
    ['set-cookie', 'b'],
  ])
})

test('what may not be sent is told', () => {
  assert.match(String(answerFields(101, [])), /101 is no final one/)
  assert.match(String(answerFields(200, [['a', 'b\nc']])), /value of "a"/)
})
