import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { LegCapture, RecordHeader, WireChunk } from '../../../src/wire/tls/capture.ts'
import { readRecords } from '../../../src/wire/tls/record-reader.ts'

const leg = (chunks: readonly WireChunk[], headers: readonly RecordHeader[] = [], start = 0): LegCapture => ({
  chunks: { 'to-server': chunks, 'to-client': [] },
  headers: { 'to-server': headers, 'to-client': [] },
  keyLog: [],
  tlsStartsAt: { toServer: start, toClient: 0 },
})
const chunk = (offset: number, bytes: readonly number[] | Uint8Array, at = 1): WireChunk => ({
  at,
  offset,
  bytes: Uint8Array.from(bytes),
})
const header = (offset: number, length: number): RecordHeader => ({ at: 2, offset, type: 23, version: 0x0303, length })
const alert = [21, 3, 3, 0, 2, 1, 0]
const read = (capture: LegCapture) => readRecords(capture, 'to-server')

test('the same records are read wherever the network cuts, and the last byte gives the time', () => {
  const bytes = [...alert, 22, 3, 1, 0, 3, 7, 8, 9]
  for (let cut = 1; cut < bytes.length; cut++) {
    const { records, problems } = read(leg([chunk(0, bytes.slice(0, cut), 1), chunk(cut, bytes.slice(cut), 2)]))
    assert.deepEqual(problems, [])
    assert.deepEqual(
      records.map(r => [r.offset, r.type, r.version, [...(r.fragment ?? [])], r.at]),
      [
        [0, 21, 0x0303, [1, 0], cut < 7 ? 2 : 1],
        [7, 22, 0x0301, [7, 8, 9], 2],
      ],
    )
  }
})

test('reading starts where TLS does', () => {
  const { records } = read(leg([chunk(0, [67, 79, 78, ...alert])], [], 3))
  assert.deepEqual(
    records.map(r => r.offset),
    [3],
  )
})

test('kept headers fill the holes between the chunks', () => {
  const { records, problems } = read(leg([chunk(0, alert), chunk(220, alert)], [header(7, 100), header(112, 103)]))
  assert.deepEqual(problems, [])
  assert.deepEqual(
    records.map(r => [r.offset, r.length, r.fragment !== undefined]),
    [
      [0, 2, true],
      [7, 100, false],
      [112, 103, false],
      [220, 2, true],
    ],
  )
})

test('a hole that no header fills is named, and the record after it says so', () => {
  const { records, problems, holes } = read(leg([chunk(0, alert), chunk(50, alert, 9)]))
  assert.deepEqual(problems, ['to-server: bytes 7 to 50 were not kept'])
  assert.deepEqual(holes, [{ direction: 'to-server', at: 9, offset: 7, length: 43 }])
  assert.deepEqual(
    records.map(r => r.afterHole ?? false),
    [false, true],
  )
})

test('a record that is cut is named with what is missing', () => {
  assert.deepEqual(read(leg([chunk(0, alert.slice(0, 6))])).problems, [
    'to-server byte 0: a record is cut after 1 of its 2 fragment bytes',
  ])
  assert.deepEqual(read(leg([chunk(0, alert.slice(0, 3))])).problems, [
    'to-server byte 0: a record header is cut after 3 of 5 bytes',
  ])
})

test('a record past the limit of any version ends the reading', () => {
  const { records, problems } = read(leg([chunk(0, [...alert, 22, 3, 3, 0x48, 0x01, 0, 0])]))
  assert.equal(records.length, 1)
  assert.deepEqual(problems, ['to-server byte 7: a record of 18433 bytes, more than 18432'])
})

test('bytes that are no TLS at all are told apart from garbage after records', () => {
  assert.match(read(leg([chunk(0, Buffer.from('GET / HTTP/1.1\r\n'))])).notTls ?? '', /a plain HTTP request/)
  const late = read(leg([chunk(0, [...alert, 1, 2, 3])]))
  assert.equal(late.notTls, undefined)
  assert.deepEqual(late.problems, ['to-server byte 7: no TLS record starts here: 010203'])
})

test('a ClientHello in SSL 2.0 form is a record without a fragment of its own', () => {
  const hello = [0x80, 28, 1, 3, 1, 0, 3, 0, 0, 0, 16, 0, 0, 47, ...Array(16).fill(9)]
  const { records, problems } = read(leg([chunk(0, [...hello, ...alert])]))
  assert.deepEqual(problems, [])
  assert.deepEqual(
    records.map(r => [r.offset, r.type, r.sslv2Hello?.length]),
    [
      [0, 22, 30],
      [30, 21, undefined],
    ],
  )
  assert.match(read(leg([chunk(0, hello.slice(0, 20))])).problems[0] ?? '', /SSL 2.0 form is cut after 20 of 30/)
})

test('a megabyte in single bytes is read without copying it again and again', () => {
  const record = Buffer.concat([Buffer.of(22, 3, 3, 0x40, 0), Buffer.alloc(16_384)])
  const stream = Buffer.concat(Array<Buffer>(64).fill(record))
  const chunks: WireChunk[] = []
  for (let offset = 0; offset < stream.length; offset++)
    chunks.push({ at: 0, offset, bytes: stream.subarray(offset, offset + 1) })
  assert.equal(read(leg(chunks)).records.length, 64)
})
