import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { nameBytes, readName } from '../../../src/wire/dns/name.ts'
import { ByteReader, MalformedError } from '../../../src/wire/reader.ts'

const read = (bytes: Uint8Array, start = 0) => readName(new ByteReader(bytes, 'name', start), bytes)

test('a name is read as it was written, and its last dot is no part of it', () => {
  for (const name of ['a', 'www.example.com', '_8443._https.a.example', `${'x'.repeat(63)}.y`])
    assert.equal(read(nameBytes(`${name}.`)), name)
  assert.equal(read(Buffer.of(0)), '')
})

test('what DNS cannot hold is refused', () => {
  for (const name of ['', 'a..b', '.a', 'x'.repeat(64), 'é.example', 'a b', Array(128).fill('aa').join('.')])
    assert.throws(() => nameBytes(name), MalformedError, name)
})

test('a pointer leads back, and the reader goes on behind it', () => {
  const bytes = Buffer.concat([
    nameBytes('example.com'),
    Buffer.of(3),
    Buffer.from('www'),
    Buffer.of(0xc0, 0),
    Buffer.of(7),
  ])
  const reader = new ByteReader(bytes, 'name', 13)
  assert.equal(readName(reader, bytes), 'www.example.com')
  assert.equal(reader.u8('next'), 7)
})

test('pointers to themselves, in a ring and forwards end at once', () => {
  for (const bytes of [
    Buffer.of(0xc0, 0),
    Buffer.of(0xc0, 2, 0xc0, 0),
    Buffer.of(0xc0, 2, 1, 97, 0),
    Buffer.of(1, 97, 0xc0, 0),
  ])
    assert.throws(() => read(bytes), MalformedError)
  const ring = Buffer.of(1, 97, 0xc0, 0)
  assert.throws(() => read(ring, 2), MalformedError)
})

test('any bytes are a name of at most 255 bytes, or malformed', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 600 }), fc.nat(20), (bytes, start) => {
      try {
        assert.ok(read(bytes, Math.min(start, bytes.length)).length < 255)
      } catch (error) {
        if (!(error instanceof MalformedError)) throw error
      }
    }),
  )
})
