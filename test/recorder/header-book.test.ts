import assert from 'node:assert/strict'
import { test } from 'node:test'
import { RecordFilter } from '../../src/proxy/socket/record-filter.ts'
import { HeaderBook } from '../../src/recorder/header-book.ts'
import { unpackRecordHeaders } from '../../src/store/record-headers.ts'
import type { RecordHeader } from '../../src/wire/tls/capture.ts'
import { MemoryTape } from '../proxy/memory-tape.ts'
import { toClient, toServer } from '../tape/lanes.ts'

/** Headers as the engine packs them: `count` records of 100 bytes from `position` on. */
function packed(position: number, count: number): Buffer {
  const tape = new MemoryTape()
  const filter = new RecordFilter(tape, toServer, position - 4 * 105)
  filter.settle()
  const record = Buffer.concat([Buffer.from([23, 3, 3, 0, 100]), Buffer.alloc(100)])
  for (let i = 0; i < count + 4; i++) filter.push(record, 0)
  return Buffer.concat(tape.headers.map(({ bytes }) => bytes))
}

function opened() {
  const pages: unknown[] = []
  const book = new HeaderBook((id, leg, direction, bytes) =>
    pages.push([id, leg, direction, unpackRecordHeaders(bytes).map(({ at, offset }) => [at, offset])]),
  )
  return { book, pages }
}

test('the headers of one direction of one leg are written together, in order, as the engine packed them', () => {
  const { book, pages } = opened()
  book.add(toServer, 5, packed(1000, 2))
  book.add({ ...toServer, leg: 'upstream' }, 6, packed(2 ** 40, 1))
  book.add(toServer, 7, packed(5000, 1))
  assert.deepEqual(book.write(), [1])
  const client = [
    [5, 1000],
    [5, 1105],
    [7, 5000],
  ]
  assert.deepEqual(pages, [
    [1, 'client', 'to-server', client],
    [1, 'upstream', 'to-server', [[6, 2 ** 40]]],
  ])
})

test('no two connections, legs or directions share a page', () => {
  const { book, pages } = opened()
  for (const id of [1, 11])
    for (const leg of ['client', 'upstream'] as const)
      for (const direction of ['to-server', 'to-client'] as const)
        book.add({ connection: id, leg, direction }, 1, packed(0, 1))
  book.write()
  assert.equal(pages.length, 8)
})

test('what was written is not written again', () => {
  const { book, pages } = opened()
  book.add(toServer, 5, packed(1000, 2))
  book.write()
  assert.deepEqual(book.write(), [])
  assert.equal(pages.length, 1)
})

test('type, version and length are those of the record', () => {
  const headers: RecordHeader[] = []
  const book = new HeaderBook((_id, _leg, _direction, bytes) => headers.push(...unpackRecordHeaders(bytes)))
  book.add(toClient, 5, packed(1000, 1))
  book.write()
  assert.deepEqual(headers, [{ at: 5, offset: 1000, type: 23, version: 0x0303, length: 100 }])
})

test('more than there is room for is written at once, and told with the rest', () => {
  const { book, pages } = opened()
  const one = packed(0, 1)
  for (let i = 0; i < 16_385; i++) book.add({ ...toServer, connection: i % 2 }, i, one)
  assert.equal(pages.length, 2)
  assert.deepEqual(book.write(), [0, 1])
  const times = pages.flatMap(page => (page as [0, 0, 0, [number, number][]])[3].map(([at]) => at))
  assert.deepEqual(
    times.toSorted((a, b) => a - b),
    Array.from({ length: 16_385 }, (_, i) => i),
  )
})
