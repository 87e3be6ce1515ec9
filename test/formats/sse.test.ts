import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { SseReader } from '../../src/formats/sse.ts'
import { everySplit } from '../wire/every-split.ts'

const reading = () => {
  const reader = new SseReader()
  return {
    push: (bytes: Uint8Array) => reader.push(bytes),
    answer: () => ({ events: reader.events, partial: reader.partial }),
  }
}
const read = (text: string) => everySplit(Buffer.from(text), reading)
const event = { event: 'message', comments: [], dispatched: true }

test('events by every field, wherever they are cut', () => {
  const { events, partial } = read(
    '\ufeff: hi\nid: 1\nevent: count\ndata: {"a":1}\ndata:  zwei ü\nretry: 250\n\ndata\n\nid: 7\n\n',
  )
  assert.deepEqual(events, [
    { event: 'count', data: '{"a":1}\n zwei ü', id: '1', retry: 250, comments: ['hi'], dispatched: true },
    { ...event, data: '' },
    { ...event, data: '', id: '7', dispatched: false },
  ])
  assert.equal(partial, undefined)
})

test('lines end with CR, LF or both', () => {
  assert.deepEqual(
    read('data: a\r\rdata: b\r\n\r\ndata: c\n\n').events.map(({ data }) => data),
    ['a', 'b', 'c'],
  )
})

test('an event that has not ended is partial, and a half line is no part of it', () => {
  assert.deepEqual(read('data: a\ndata: b').partial, { ...event, data: 'a' })
})

test('what is no number, no field, or has a NUL is passed over', () => {
  assert.deepEqual(read('retry: 1x\nid: a\0b\nfoo: bar\ndata: x\n\n').events, [{ ...event, data: 'x' }])
})

test('no bytes throw, and cuts change nothing', () => {
  const pieces = fc.array(fc.constantFrom('data', ':', ' x', '\r', '\n', 'id', 'ü', '\xff'))
  fc.assert(
    fc.property(pieces, all => void everySplit(Buffer.from(all.join(''), 'latin1'), reading)),
    { numRuns: 50 },
  )
})
