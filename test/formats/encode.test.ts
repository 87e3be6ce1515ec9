import assert from 'node:assert/strict'
import { test } from 'node:test'
import { deflateRawSync, inflateRawSync } from 'node:zlib'
import { decodeBody } from '../../src/formats/decode.ts'
import { encodeBody } from '../../src/formats/encode.ts'

const text = Buffer.from('parley '.repeat(50))

for (const coding of ['gzip', 'X-Gzip', 'deflate', 'br', 'zstd', 'gzip, br', 'identity', undefined])
  test(`${coding} is done so that it can be undone`, () => {
    const coded = encodeBody(text, coding)
    assert.ok(coded)
    assert.equal(Buffer.from(coded).equals(text), coding === 'identity' || coding === undefined)
    assert.deepEqual(Buffer.from(decodeBody(coded, coding).bytes), text)
  })

test('deflate that came without its wrapper goes without it', () => {
  const coded = encodeBody(text, 'deflate', deflateRawSync(text))
  assert.deepEqual(inflateRawSync(coded!), text)
})

test('an unknown coding is not done', () => {
  assert.equal(encodeBody(text, 'gzip, toString'), undefined)
})
