import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readWebm } from '../../../src/formats/media/webm.ts'
import { webm } from './make.ts'

test('a WebM file tells its duration and tracks', () => {
  assert.deepEqual(readWebm(webm, webm.length), {
    container: 'WebM',
    seconds: 5,
    tracks: ['video V_VP9, 640 × 360 pixels', 'audio A_OPUS, 48000 Hz, 2 channels'],
  })
})

test('another format is left alone, and no end is too early', () => {
  assert.equal(readWebm(Buffer.from('hello'), 5), undefined)
  for (let end = 0; end < webm.length; end++) assert.doesNotThrow(() => readWebm(webm.subarray(0, end), webm.length))
})
