import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import { Transcript } from '../../../src/wire/tls/transcript.ts'

const sha256 = (...parts: readonly Uint8Array[]): Uint8Array =>
  createHash('sha256').update(Buffer.concat(parts)).digest()

test('after a retry the first hello stands as message_hash', () => {
  const transcript = new Transcript()
  const hello = Buffer.from([1, 0, 0, 1, 9])
  const retry = Buffer.from([2, 0, 0, 0])
  transcript.add(hello)
  transcript.retry('sha256')
  transcript.add(retry)
  assert.deepEqual(transcript.hash('sha256'), sha256(Buffer.from([254, 0, 0, 32]), sha256(hello), retry))
})

test('a cleared transcript is the empty one', () => {
  const transcript = new Transcript()
  transcript.add(Buffer.from([1]))
  transcript.clear()
  assert.deepEqual(transcript.hash('sha256'), sha256())
  assert.deepEqual(transcript.messages, [])
})
