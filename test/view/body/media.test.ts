import assert from 'node:assert/strict'
import { test } from 'node:test'
import { renderMedia } from '../../../src/view/body/media.ts'
import { flac, mp3, mp4, ogg, wav, webm } from '../../formats/media/make.ts'
import { damage, render } from './render.ts'

test('container, duration and bytes stand in the first line, tracks below', () => {
  assert.deepEqual(render(renderMedia, mp4, { wholeLength: 1_234_567 }), [
    'MP4 (isom), 0:04.0, 1 234 567 B',
    'video avc1, 640 × 360',
    'audio mp4a, 48000 Hz, 2 channels',
  ])
})

test('hours are told apart from minutes', () => {
  const long = Buffer.from(wav)
  long.writeUInt32LE(176_400 * 3723, long.length - 4)
  assert.match(render(renderMedia, long)![0]!, /^WAV, 1:02:03\.0, /)
})

test('damage is never an error, text is left to another renderer', () => {
  for (const file of [wav, flac, ogg, mp3, mp4, webm]) damage(renderMedia, file)
  assert.equal(render(renderMedia, 'hello'), undefined)
})
