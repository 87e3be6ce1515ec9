import assert from 'node:assert/strict'
import { test } from 'node:test'
import { rank } from '../../../src/view/body/rank.ts'

const order = (body: string, mediaType = '') =>
  rank({ bytes: Buffer.from(body, 'latin1'), mediaType }).map(({ kind }) => kind)

test('what the bytes are for sure comes before what the type says', () => {
  assert.deepEqual(order('\x89PNG\r\n\x1a\n', 'text/html'), ['image', 'html', 'text', 'hex'])
})

test('what the bytes may be comes after what the type says', () => {
  assert.deepEqual(order('{"a":1}', 'text/html'), ['html', 'json', 'text', 'hex'])
})

test('bytes that do not read as text are hex before they are text', () => {
  assert.deepEqual(order('\x00\x01\x02\xff'), ['hex', 'text'])
})

test('an octet stream is judged by its bytes alone', () => {
  assert.deepEqual(order('[1]', 'application/octet-stream'), ['json', 'text', 'hex'])
})
