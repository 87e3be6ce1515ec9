import assert from 'node:assert/strict'
import { test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { decodedBody } from '../../../src/view/body/decoded.ts'

const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString()

test('codings are undone, also of a body that was cut off', () => {
  const bytes = gzipSync('hello '.repeat(100_000))
  assert.equal(text(decodedBody(bytes, [['Content-Encoding', 'gzip']])).length, 600_000)
  assert.match(text(decodedBody(bytes.subarray(0, 300), [['content-encoding', 'gzip']])), /^hello hello/)
})

test('without a coding, or with one that it is not in, the bytes are as they came', () => {
  assert.equal(text(decodedBody(Buffer.from('plain'), [])), 'plain')
  assert.equal(text(decodedBody(Buffer.from('plain'), [['content-encoding', 'gzip']])), 'plain')
})
