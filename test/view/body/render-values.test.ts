import assert from 'node:assert/strict'
import { test } from 'node:test'
import { renderValues } from '../../../src/view/body/render-values.ts'
import { MalformedError } from '../../../src/wire/reader.ts'
import { plainContext, texts } from './render.ts'

const read = (bytes: number[], cut = false) =>
  texts(
    renderValues('Bytes', { bytes: Uint8Array.from(bytes), mediaType: '', cut }, plainContext(), (reader, lines) => {
      const at = reader.at
      if (reader.u8() === 9) throw new MalformedError(at, 'a nine')
      lines.scalar('x', 'word')
    }),
  )

test('values are read to the end', () => {
  assert.deepEqual(read([1, 2]), ['x', 'x'])
  assert.equal(read([]), undefined)
})

test('where the format breaks is said, unless the view cut it', () => {
  assert.deepEqual(read([1, 9]), ['not Bytes: a nine at byte 1', 'x'])
  assert.deepEqual(read([1, 9], true), ['x'])
})

test('bytes that break at once are left to another renderer', () => {
  assert.equal(read([9]), undefined)
})
