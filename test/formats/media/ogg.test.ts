import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readOgg } from '../../../src/formats/media/ogg.ts'
import { ogg } from './make.ts'

test('an Ogg file tells its codecs, and its duration from its end', () => {
  assert.deepEqual(readOgg(ogg, ogg.length), { container: 'Ogg', seconds: 2.5, tracks: ['audio Opus, 2 channels'] })
})

test('without its end there is no duration', () => {
  assert.equal(readOgg(ogg, ogg.length + 1)!.seconds, undefined)
})

test('another format is left alone, and no end is too early', () => {
  assert.equal(readOgg(Buffer.from('hello'), 5), undefined)
  for (let end = 0; end < ogg.length; end++) assert.doesNotThrow(() => readOgg(ogg.subarray(0, end), ogg.length))
})
