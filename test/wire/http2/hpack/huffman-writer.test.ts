import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { readHuffman } from '../../../../src/wire/http2/hpack/huffman.ts'
import { huffmanLength, writeHuffman } from '../../../../src/wire/http2/hpack/huffman-writer.ts'
import { huffman } from '../frame-bytes.ts'

const written = (text: string): Uint8Array => {
  const into = new Uint8Array(huffmanLength(text) + 2).fill(0xaa)
  const end = writeHuffman(text, into, 1)
  assert.deepEqual([into[0], into.at(-1), end], [0xaa, 0xaa, into.length - 1], 'nothing beside its place is written')
  return into.subarray(1, end)
}

test('RFC 7541 C.4: the codes of its examples', () => {
  for (const [text, hex] of [
    ['www.example.com', 'f1e3c2e5f23a6ba0ab90f4ff'],
    ['no-cache', 'a8eb10649cbf'],
    ['custom-value', '25a849e95bb8e8b4bf'],
  ] as const)
    assert.equal(Buffer.from(written(text)).toString('hex'), hex)
})

test('any octets are coded as by the table, and come back', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), octets => {
      const text = Buffer.from(octets).toString('latin1')
      const coded = written(text)
      assert.deepEqual(Buffer.from(coded), huffman(text))
      assert.equal(readHuffman(coded, 0, coded.length), text)
    }),
  )
})
