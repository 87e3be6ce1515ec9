import assert from 'node:assert/strict'
import { test } from 'node:test'
import { HeadReader, maxHead } from '../../../src/wire/http1/head-reader.ts'
import { everySplit } from '../every-split.ts'

/** Reads heads one after another, as a message reader does. */
const reading = (mayBeEmpty = false) => {
  const reader = new HeadReader(mayBeEmpty)
  const heads: string[] = []
  return {
    push(bytes: Uint8Array) {
      for (let at = 0; at < bytes.length; ) {
        const end = reader.push(bytes, at)
        if (end < 0) return
        heads.push(reader.text)
        at = end
      }
    },
    answer: () => ({ heads, left: reader.length }),
  }
}

test('a head ends at its empty line, with CRLF, LF and both', () => {
  const text = 'a\r\nb: 1\r\n\r\nc\nd: 2\n\ne\r\n\nf\n\r\nrest\r\n\r'
  const { heads, left } = everySplit(Buffer.from(text), () => reading())
  assert.deepEqual(heads, ['a\r\nb: 1\r\n\r\n', 'c\nd: 2\n\n', 'e\r\n\n', 'f\n\r\n'])
  assert.equal(left, 7)
})

test('CR CR LF is no empty line', () => {
  assert.deepEqual(everySplit(Buffer.from('a\r\n\r\r\nb\r\n\r\n'), () => reading()).heads, ['a\r\n\r\r\nb\r\n\r\n'])
})

test('a trailer section may be only an empty line', () => {
  assert.deepEqual(everySplit(Buffer.from('\r\na: 1\r\n\r\n\n'), () => reading(true)).heads, [
    '\r\n',
    'a: 1\r\n\r\n',
    '\n',
  ])
})

test('a head over the limit is refused, in one piece or in many', () => {
  assert.equal(new HeadReader().push(new Uint8Array(maxHead + 1), 0), -2)
  const reader = new HeadReader()
  assert.equal(reader.push(new Uint8Array(maxHead), 0), -1)
  assert.equal(reader.push(new Uint8Array(1), 0), -2)
})
