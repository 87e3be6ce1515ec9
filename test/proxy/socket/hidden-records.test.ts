import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { HiddenRecords } from '../../../src/proxy/socket/hidden-records.ts'
import { recordHeaderBytes } from '../../../src/tape/record-headers.ts'
import { toServer } from '../../tape/lanes.ts'
import { MemoryTape } from '../memory-tape.ts'

const overhead = 17

interface Sent {
  readonly length: number
  /** Bytes of content in it: all that has room, or none. */
  readonly content: number
}

const app = (length: number): Sent => ({ length, content: length - overhead })
const hidden = (length: number): Sent => ({ length, content: 0 })
const bytesOf = ({ length }: Sent, index: number): Buffer =>
  Buffer.concat([Buffer.from([23, 3, 3, length >> 8, length & 255]), Buffer.alloc(length, index + 1)])

/** Pushes the records, cut at these places, as the content of each comes out with its last byte. */
function push(records: readonly Sent[], cuts: readonly number[] = []) {
  const tape = new MemoryTape()
  const stream = Buffer.concat(records.map(bytesOf))
  let content = 0
  const lane = new HiddenRecords(tape, toServer, { content: () => content, overhead })
  const edges = [0, ...cuts.filter(cut => cut < stream.length).sort((a, b) => a - b), stream.length]
  for (let i = 1; i < edges.length; i++) {
    let end = 0
    content = 0
    for (const record of records) {
      end += 5 + record.length
      if (end <= edges[i]!) content += record.content
    }
    lane.push(stream.subarray(edges[i - 1], edges[i]), 0, edges[i - 1]!)
  }
  lane.end(0, stream.length)
  return { stream, kept: tape.wires, headers: tape.headers.flatMap(({ bytes }) => offsetsIn(bytes)) }
}

const offsetsIn = (packed: Buffer): { at: number; length: number }[] =>
  Array.from({ length: packed.length / recordHeaderBytes }, (_, index) => {
    const from = index * recordHeaderBytes
    return {
      at: packed.readUInt16LE(from) * 2 ** 32 + packed.readUInt32LE(from + 2),
      length: packed.readUInt16BE(from + 9),
    }
  })

const keptLengths = (records: readonly Sent[], cuts?: readonly number[]): number[] =>
  push(records, cuts).kept.map(({ bytes }) => bytes.length - 5)

test('application data becomes its headers', () => {
  const { kept, headers } = push([app(300), app(16_401), app(70)])
  assert.deepEqual(kept, [])
  assert.deepEqual(headers, [
    { at: 0, length: 300 },
    { at: 305, length: 16_401 },
    { at: 16_711, length: 70 },
  ])
})

test('tickets are kept, however many and however long', () => {
  const tickets = [300, 300, 300, 300, 300, 300, 2500, 9000].map(hidden)
  assert.deepEqual(keptLengths(tickets), [300, 300, 300, 300, 300, 300, 2500, 9000])
})

test('a post-handshake message of 16 KB is kept, however it comes', () => {
  const ticket = 5 + 16_400
  for (const cuts of [[], [3], [ticket - 1], [5, 1460, 2920, 9000]])
    assert.deepEqual(keptLengths([hidden(16_400), app(500)], [...cuts, ticket]), [16_400], cuts.join(', '))
})

test('what comes amid application data is kept: a CertificateRequest, a padded KeyUpdate, a padded close_notify', () => {
  const one = 5 + 500
  assert.deepEqual(keptLengths([app(500), hidden(400), app(500)], [one, one + 405]), [400])
  assert.deepEqual(keptLengths([app(500), hidden(1000)], [one]), [1000])
  assert.deepEqual(keptLengths([hidden(400), app(500)]), [400, 500], 'nobody can tell them apart')
})

test('an alert behind a long record does not keep the record', () => {
  assert.deepEqual(keptLengths([app(16_401), hidden(19)]), [19])
})

test('however the network cuts, every byte is kept or under a header, and no ticket is lost', () => {
  const record = fc.oneof(
    fc.integer({ min: 18, max: 17_000 }).map(app),
    fc.integer({ min: 65, max: 16_640 }).map(hidden),
  )
  const cuts = fc.array(fc.nat(60_000), { maxLength: 12 })
  fc.assert(
    fc.property(fc.array(record, { maxLength: 8 }), cuts, (records, places) => {
      const { stream, kept, headers } = push(records, places)
      const seen = Buffer.alloc(stream.length)
      for (const { position, bytes } of kept) {
        assert.deepEqual(bytes, stream.subarray(position, position + bytes.length))
        for (let i = 0; i < bytes.length; i++) seen[position + i]!++
      }
      for (const { at, length } of headers) for (let i = 0; i < 5 + length; i++) seen[at + i]!++
      assert.ok(seen.every(count => count === 1))
      let at = 0
      for (const { length, content } of records) {
        if (content === 0) assert.ok(!headers.some(header => header.at === at), `a hidden record of ${length} bytes`)
        at += 5 + length
      }
    }),
  )
})

test('a record that the end of the connection cuts is kept as far as it came', () => {
  const tape = new MemoryTape()
  const lane = new HiddenRecords(tape, toServer, { content: () => 0, overhead })
  const cut = bytesOf(app(500), 0).subarray(0, 100)
  lane.push(cut, 0, 40)
  lane.end(0, 140)
  assert.deepEqual(
    tape.wires.map(({ position, bytes }) => [position, bytes]),
    [[40, cut]],
  )
})
