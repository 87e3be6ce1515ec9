import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ascii, mediaFacts } from '../../../src/formats/media/facts.ts'

test('a duration that is none is left out', () => {
  for (const seconds of [undefined, 0, -1, Number.NaN, Number.POSITIVE_INFINITY])
    assert.deepEqual(mediaFacts('WAV', seconds, []), { container: 'WAV', tracks: [] })
  assert.equal(mediaFacts('WAV', 1.5, []).seconds, 1.5)
})

test('bytes past the end are no text', () => {
  assert.equal(ascii(Uint8Array.of(0x41, 0x42), 1, 9), 'B')
})
