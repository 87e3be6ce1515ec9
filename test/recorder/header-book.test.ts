import assert from 'node:assert/strict'
import { test } from 'node:test'
import { RecordFilter } from '../../src/proxy/record-filter.ts'
import { HeaderBook, type WriteHeaders } from '../../src/recorder/header-book.ts'
import { unpackRecordHeaders } from '../../src/store/record-headers.ts'
import { MemoryTape } from '../proxy/memory-tape.ts'

/** Headers as the engine packs them: `count` records of 100 bytes from `position` on. */
function packed(position: number, count: number): Buffer {
  const tape = new MemoryTape()
  const filter = new RecordFilter(tape, 1, 0, position - 4 * 105)
  filter.settle()
  const record = Buffer.concat([Buffer.from([23, 3, 3, 0, 100]), Buffer.alloc(100)])
  for (let i = 0; i < count + 4; i++) filter.push(record, 0)
  return Buffer.concat(tape.headers.map(({ bytes }) => bytes))
}

function written(book: HeaderBook): unknown[] {
  const pages: unknown[] = []
  const write: WriteHeaders = (id, leg, direction, bytes) =>
    pages.push([id, leg, direction, unpackRecordHeaders(bytes).map(({ at, offset }) => [at, offset])])
  book.write(write)
  return pages
}

test('the headers of one direction of one leg are written together, in order, as the engine packed them', () => {
  const book = new HeaderBook()
  book.add(1, 'client', 'to-server', 5, packed(1000, 2))
  book.add(1, 'upstream', 'to-server', 6, packed(2 ** 40, 1))
  book.add(1, 'client', 'to-server', 7, packed(5000, 1))
  assert.deepEqual(written(book), [
    [
      1,
      'client',
      'to-server',
      [
        [5, 1000],
        [5, 1105],
        [7, 5000],
      ],
    ],
    [1, 'upstream', 'to-server', [[6, 2 ** 40]]],
  ])
})

test('no two connections, legs or directions share a page', () => {
  const book = new HeaderBook()
  for (const id of [1, 11])
    for (const leg of ['client', 'upstream'] as const)
      for (const direction of ['to-server', 'to-client'] as const) book.add(id, leg, direction, 1, packed(0, 1))
  assert.equal(written(book).length, 8)
})

test('what was written is not written again', () => {
  const book = new HeaderBook()
  book.add(1, 'client', 'to-server', 5, packed(1000, 2))
  written(book)
  assert.deepEqual(written(book), [])
})

test('type, version and length are those of the record', () => {
  const book = new HeaderBook()
  book.add(1, 'client', 'to-client', 5, packed(1000, 1))
  book.write((_id, _leg, _direction, bytes) => {
    assert.deepEqual(unpackRecordHeaders(bytes), [{ at: 5, offset: 1000, type: 23, version: 0x0303, length: 100 }])
  })
})
