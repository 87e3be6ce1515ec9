import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readMp3 } from '../../../src/formats/media/mp3.ts'
import { mp3, xing } from './make.ts'

test('an MP3 file tells its first frame', () => {
  assert.deepEqual(readMp3(mp3, mp3.length), {
    container: 'MP3',
    seconds: 1,
    tracks: ['audio MP3, 44100 Hz, stereo, 128 kbit/s'],
  })
})

test('frames of variable length are counted by their header', () => {
  const { seconds, tracks } = readMp3(xing, xing.length)!
  assert.equal(seconds!.toFixed(3), ((100 * 1152) / 44_100).toFixed(3))
  assert.match(tracks[0]!, /variable bit rate/)
})

test('another format is left alone, and no end is too early', () => {
  assert.equal(readMp3(Buffer.from('hello'), 5), undefined)
  for (let end = 0; end < mp3.length; end++) assert.doesNotThrow(() => readMp3(mp3.subarray(0, end), mp3.length))
})
