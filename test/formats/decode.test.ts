import assert from 'node:assert/strict'
import { test } from 'node:test'
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib'
import { decodeBody } from '../../src/formats/decode.ts'

const text = Buffer.from('parley '.repeat(50))
const coders = {
  gzip: gzipSync,
  'X-GZIP': gzipSync,
  deflate: deflateSync,
  br: brotliCompressSync,
  zstd: zstdCompressSync,
}

for (const [coding, coder] of Object.entries(coders))
  test(`${coding} is undone`, () => {
    const decoded = decodeBody(coder(text), coding)
    assert.deepEqual(Buffer.from(decoded.bytes), text)
    assert.deepEqual(decoded.undone, [coding.toLowerCase()])
    assert.equal(decoded.problem, undefined)
  })

test('deflate without its zlib wrapper is undone as well', () => {
  assert.deepEqual(Buffer.from(decodeBody(deflateRawSync(text), 'deflate').bytes), text)
})

test('a chain is undone from its end', () => {
  const decoded = decodeBody(brotliCompressSync(gzipSync(text)), 'gzip, identity,br')
  assert.deepEqual(Buffer.from(decoded.bytes), text)
  assert.deepEqual(decoded.undone, ['br', 'gzip'])
})

test('parameters, which no coding has, are passed over', () => {
  const decoded = decodeBody(brotliCompressSync(gzipSync(text)), 'gzip;q=1, identity;q=0.5 , BR ; level="9"')
  assert.deepEqual(Buffer.from(decoded.bytes), text)
  assert.deepEqual(decoded.undone, ['br', 'gzip'])
  assert.equal(decoded.problem, undefined)
})

test('no coding leaves the bytes alone', () => {
  assert.equal(decodeBody(text, undefined).bytes, text)
})

test('an unknown coding, and one named like a member of Object, is a problem', () => {
  for (const coding of ['rot13', 'constructor', '__proto__']) {
    const decoded = decodeBody(text, coding)
    assert.equal(decoded.bytes, text)
    assert.match(decoded.problem ?? '', /unknown/)
  }
})

test('a bomb stops at the cap and stays coded', () => {
  const bomb = gzipSync(Buffer.alloc(8_000_000))
  const decoded = decodeBody(bomb, 'gzip', { maxBytes: 1_000_000 })
  assert.equal(decoded.bytes, bomb)
  assert.match(decoded.problem ?? '', /past 1000000 bytes/)
})

test('growth is capped by the ratio before the size is', () => {
  const bomb = brotliCompressSync(Buffer.alloc(8_000_000))
  const decoded = decodeBody(bomb, 'br', { maxRatio: 100 })
  assert.equal(decoded.bytes, bomb)
  assert.match(decoded.problem ?? '', /grows/)
})

test('a body that was cut short is decoded as far as it goes, and says so', () => {
  for (const [coding, coder] of [
    ['gzip', gzipSync],
    ['br', brotliCompressSync],
  ] as const) {
    const noise = Buffer.from(Array.from({ length: 5000 }, (_, i) => (i * i * 31) % 251))
    const coded = coder(noise)
    const decoded = decodeBody(coded.subarray(0, coded.length - 20), coding)
    assert.ok(decoded.bytes.length > 0 && decoded.bytes.length < noise.length)
    assert.deepEqual(Buffer.from(decoded.bytes), noise.subarray(0, decoded.bytes.length))
    assert.match(decoded.problem ?? '', /ends early/)
  }
})

test('bytes that were never coded stay as they are', () => {
  const decoded = decodeBody(text, 'gzip')
  assert.equal(decoded.bytes, text)
  assert.match(decoded.problem ?? '', /^gzip: /)
})

test('codings without end are refused', () => {
  assert.match(decodeBody(text, 'gzip,'.repeat(9)).problem ?? '', /9 content codings/)
})

test('a body behind a wrong checksum is unpacked, and the checksum is told', () => {
  const text = 'hello '.repeat(100)
  const packed = { gzip: gzipSync(text), deflate: deflateSync(text) }
  for (const [coding, bytes] of Object.entries(packed)) {
    const at = bytes.length - (coding === 'gzip' ? 8 : 4)
    bytes[at] = bytes[at]! ^ 0xff
    const { bytes: unpacked, undone, problem } = decodeBody(bytes, coding)
    assert.equal(Buffer.from(unpacked).toString(), text, coding)
    assert.deepEqual([undone, problem], [[coding], `${coding}: the checksum at its end is wrong`])
  }
})
