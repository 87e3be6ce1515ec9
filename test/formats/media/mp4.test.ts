import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readMp4 } from '../../../src/formats/media/mp4.ts'
import { mp4 } from './make.ts'

test('an MP4 file tells its duration and tracks', () => {
  assert.deepEqual(readMp4(mp4, mp4.length), {
    container: 'MP4 (isom)',
    seconds: 4,
    tracks: ['video avc1, 640 × 360', 'audio mp4a, 48000 Hz, 2 channels'],
  })
})

test('another format is left alone, and no end is too early', () => {
  assert.equal(readMp4(Buffer.from('hello'), 5), undefined)
  for (let end = 0; end < mp4.length; end++) assert.doesNotThrow(() => readMp4(mp4.subarray(0, end), mp4.length))
})
