import assert from 'node:assert/strict'
import { test } from 'node:test'
import { FrameBook } from '../../src/recorder/frame-book.ts'
import { type FramePage, unpackFrames } from '../../src/store/frame-page.ts'
import { DynamicTable } from '../../src/wire/http2/hpack/dynamic-table.ts'

const ping = { type: 6, flags: 0, stream: 0, length: 8 }

const written = (book: FrameBook, all = false) => {
  const pages: [number, FramePage][] = []
  book.write((connection, page) => pages.push([connection, page]), all)
  return pages
}

test('the frames of a tick are one page a connection, and the next page follows', () => {
  const book = new FrameBook()
  const tap = book.tap(7)
  tap('to-server', 1, ping, Buffer.alloc(8))
  tap('to-client', 2, ping, Buffer.alloc(8))
  const [[connection, page]] = written(book) as [[number, FramePage]]
  assert.deepEqual([connection, page.first, page.count], [7, 0, 2])
  assert.deepEqual(written(book), [])
  tap('to-server', 3, ping, undefined)
  assert.equal(written(book)[0]![1].first, 2)
})

test('of many connections some are written each tick, the longest waiting first, and all in the end', () => {
  const book = new FrameBook()
  const taps = Array.from({ length: 40 }, (_, index) => book.tap(index))
  for (const tap of taps) tap('to-server', 1, ping, undefined)
  assert.deepEqual(
    written(book).map(([connection]) => connection),
    Array.from({ length: 16 }, (_, index) => index),
  )
  taps[0]!('to-server', 2, ping, undefined)
  assert.equal(written(book)[0]![0], 16)
  assert.deepEqual(
    written(book, true).map(([connection]) => connection),
    [32, 33, 34, 35, 36, 37, 38, 39, 0],
  )
})

test('a large page, or too many that wait, are not put off', () => {
  const large = new FrameBook()
  const taps = Array.from({ length: 20 }, (_, index) => large.tap(index))
  for (const tap of taps) tap('to-server', 1, ping, undefined)
  for (let i = 0; i < 40; i++) taps[19]!('to-server', 1, ping, Buffer.alloc(1024))
  assert.equal(written(large).length, 20)
  const many = new FrameBook()
  for (let i = 0; i < 300; i++) many.tap(i)('to-server', 1, ping, undefined)
  assert.equal(written(many).length, 300)
})

test('frames with fields are kept whole, and nothing of DATA', () => {
  const book = new FrameBook()
  const tap = book.tap(1)
  const payload = Uint8Array.from([2, 128, 0, 0, 3, 15, 0x82, 0, 0])
  tap('to-server', 1, { type: 1, flags: 0x2c, stream: 1, length: 9 }, payload)
  tap('to-server', 1, { type: 9, flags: 4, stream: 3, length: 9 }, payload)
  tap('to-server', 1, { type: 0, flags: 1, stream: 3, length: 9 }, undefined)
  const [[, page]] = written(book) as [[number, FramePage]]
  assert.deepEqual(
    unpackFrames(page).map(entry => entry.payload && [...entry.payload]),
    [[...payload], [...payload], undefined],
  )
})

test('the table is kept with a block now and then: after many blocks, and many more bytes than it takes itself', () => {
  const tablesOf = (blocks: number, length: number, table: DynamicTable | undefined): number[] => {
    const book = new FrameBook()
    const tap = book.tap(1)
    for (let i = 0; i < blocks; i++) {
      tap('to-server', i, { type: 1, flags: 4, stream: 1, length }, new Uint8Array(length), table)
      tap('to-server', i, { type: 9, flags: 4, stream: 1, length: 1 }, new Uint8Array(1)) // inside a block
      tap('to-client', i, { type: 8, flags: 0, stream: 0, length: 4 }, new Uint8Array(4), table)
    }
    const [[, page]] = written(book) as [[number, FramePage]]
    return unpackFrames(page).flatMap(({ index, table }) => (table ? [index / 3] : []))
  }
  const table = new DynamicTable()
  for (let i = 0; i < 40; i++) table.add(['name', 'v'.repeat(60)])
  assert.deepEqual(tablesOf(600, 100, table), [256, 513])
  assert.deepEqual(tablesOf(4000, 10, table), [
    Math.ceil((table.size * 4) / 10) - 1,
    Math.ceil((table.size * 4) / 10) * 2 - 1,
  ])
  assert.deepEqual(tablesOf(600, 100, undefined), [])
})
