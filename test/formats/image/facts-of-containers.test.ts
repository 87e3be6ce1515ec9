import assert from 'node:assert/strict'
import { test } from 'node:test'
import { imageFacts } from '../../../src/formats/image/facts.ts'

const facts = (bytes: Uint8Array) => {
  const { format, width, height, details } = imageFacts(bytes)!
  return [format, width === undefined ? '?' : `${width} × ${height}`, ...details].join(', ')
}
const hex = (text: string) => Buffer.from(text.replaceAll(' ', ''), 'hex')

test('WebP in its three kinds', () => {
  const riff = (kind: string, content: string) =>
    Buffer.concat([Buffer.from(`RIFF\0\0\0\0WEBP${kind}\0\0\0\0`, 'latin1'), hex(content), Buffer.alloc(20)])
  assert.equal(facts(riff('VP8 ', '000000 9d012a 9001 2c01')), 'WebP, 400 × 300, lossy')
  assert.equal(facts(riff('VP8L', '2f 8fc14a00')), 'WebP, 400 × 300, lossless')
  assert.equal(facts(riff('VP8X', '12 000000 8f0100 2b0100')), 'WebP, 400 × 300, animated, alpha')
})

test('an icon tells its largest image', () => {
  assert.equal(
    facts(hex('0000 0100 0200 1010 000000000000 00000000 00000000 0000 000000000000 00000000 00000000')),
    'ICO, 256 × 256, 2 images',
  )
})

test('AVIF by its first ispe', () => {
  assert.equal(
    facts(
      Buffer.concat([
        Buffer.from('\0\0\0\x1cftypavif....', 'latin1'),
        Buffer.from('ispe'),
        hex('00000000 00000190 0000012c'),
      ]),
    ),
    'AVIF, 400 × 300',
  )
})

test('SVG by the attributes of its root', () => {
  assert.equal(
    facts(Buffer.from('<?xml version="1.0"?>\n<svg xmlns="x" width="20px" height="10" viewBox="0 0 2 1">')),
    'SVG, 20 × 10, viewBox 0 0 2 1',
  )
  assert.equal(facts(Buffer.from('<svg width="100%">')), 'SVG, ?')
})
