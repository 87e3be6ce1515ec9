import assert from 'node:assert/strict'
import { test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { readContent } from '../../../src/export/har/content.ts'

const bytes = (...values: number[]) => Uint8Array.from(values)

test('text is text, and what is not is base64', () => {
  assert.deepEqual(readContent(Buffer.from('hä'), [], 3), { size: 3, text: 'hä', isBase64: false })
  assert.deepEqual(readContent(bytes(0xff, 0xfe, 0xfd), [], 3).text, '//79')
  assert.deepEqual(readContent(bytes(65, 0, 66), [], 3), { size: 3, text: 'QQBC', isBase64: true })
  const latin1 = [['Content-Type', 'text/plain; charset=iso-8859-1']] as const
  assert.deepEqual(readContent(bytes(0xe4), latin1, 1), {
    size: 1,
    text: 'ä',
    isBase64: false,
    charset: 'windows-1252',
  })
})

test('codings are undone; what is missing or could not be undone is said', () => {
  const gzip = [['Content-Encoding', 'gzip']] as const
  const coded = gzipSync('x'.repeat(1000))
  assert.deepEqual(readContent(coded, gzip, coded.length), { size: 1000, text: 'x'.repeat(1000), isBase64: false })
  assert.match(
    readContent(coded.subarray(0, 20), gzip, coded.length).comment!,
    /^the first 20 bytes of \d+ as they came/,
  )
  assert.match(readContent(Buffer.from('abc'), [['Content-Encoding', 'foo']], 3).comment!, /unknown content coding foo/)
})
