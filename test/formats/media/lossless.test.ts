import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readFlac, readWav } from '../../../src/formats/media/lossless.ts'
import { flac, wav } from './make.ts'

test('a FLAC file tells its stream', () => {
  assert.deepEqual(readFlac(flac, flac.length), {
    container: 'FLAC',
    seconds: 3,
    tracks: ['audio FLAC, 48000 Hz, 2 channels, 24 bits'],
  })
})

test('another format is left alone, and no end is too early', () => {
  assert.equal(readFlac(Buffer.from('hello'), 5), undefined)
  for (let end = 0; end < flac.length; end++) assert.doesNotThrow(() => readFlac(flac.subarray(0, end), flac.length))
})

test('a wave file tells its format and duration', () => {
  assert.deepEqual(readWav(wav, wav.length), {
    container: 'WAV',
    seconds: 2,
    tracks: ['audio PCM, 44100 Hz, 2 channels, 16 bits'],
  })
})

test('another format is left alone, and no end is too early', () => {
  assert.equal(readWav(Buffer.from('hello'), 5), undefined)
  for (let end = 0; end < wav.length; end++) assert.doesNotThrow(() => readWav(wav.subarray(0, end), wav.length))
})
