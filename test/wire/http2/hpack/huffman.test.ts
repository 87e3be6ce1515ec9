import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { codeLengths, codes, readHuffman } from '../../../../src/wire/http2/hpack/huffman.ts'
import { MalformedError } from '../../../../src/wire/reader.ts'
import { huffman } from '../frame-bytes.ts'

const read = (hex: string) => {
  const bytes = Buffer.from(hex.replaceAll(' ', ''), 'hex')
  return readHuffman(bytes, 0, bytes.length)
}

test('the codes are those of RFC 7541 Appendix B', () => {
  assert.equal(codeLengths.length, 257)
  // A complete prefix code.
  assert.equal(
    codeLengths.reduce((sum, length) => sum + 2 ** -length, 0),
    1,
  )
  const code = codes()
  const expected = [
    [0, 0x1ff8, 13],
    [1, 0x7fffd8, 23],
    [9, 0xffffea, 24],
    [10, 0x3ffffffc, 30],
    [22, 0x3ffffffe, 30],
    [31, 0xffffffb, 28],
    [32, 0x14, 6],
    [36, 0x1ff9, 13],
    [48, 0x0, 5],
    [60, 0x7ffc, 15],
    [64, 0x1ffa, 13],
    [256, 0x3fffffff, 30],
  ] as const
  for (const [symbol, bits, length] of expected) assert.deepEqual([code[symbol], codeLengths[symbol]], [bits, length])
})

test('the strings of RFC 7541 C.4 and C.6', () => {
  assert.equal(read('f1e3 c2e5 f23a 6ba0 ab90 f4ff'), 'www.example.com')
  assert.equal(read('a8eb 1064 9cbf'), 'no-cache')
  assert.equal(read('25a8 49e9 5bb8 e8b4 bf'), 'custom-value')
  assert.equal(read('d07a be94 1054 d444 a820 0595 040b 8166 e082 a62d 1bff'), 'Mon, 21 Oct 2013 20:13:21 GMT')
  assert.equal(read(''), '')
})

test('any string comes back from its code', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), bytes => {
      const text = Buffer.from(bytes).toString('latin1')
      const coded = huffman(text)
      assert.equal(readHuffman(coded, 0, coded.length), text)
    }),
  )
})

test('a string longer than any before it is read whole', () => {
  const text = '0'.repeat(20_000)
  const coded = huffman(text)
  assert.equal(readHuffman(coded, 0, coded.length), text)
})

test('EOS, padding of eight bits and padding with zeros are refused (RFC 7541 5.2)', () => {
  for (const bad of ['ffffffff', 'ffffffffff', '07ff', '00', 'f1e3c2e5f23a6ba0ab90f4fe'])
    assert.throws(() => read(bad), MalformedError, bad)
  assert.equal(read('07'), '0')
})
