import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readSegment } from '../../../src/wire/tcp/read-segment.ts'
import { tcp } from '../packet/make-packets.ts'

test('ports, numbers, flags and payload are read, options passed over', () => {
  const bytes = tcp({
    from: 40_000,
    to: 443,
    seq: 0xfffffff0,
    ack: 7,
    flags: 'PF',
    data: 'hello',
    options: Buffer.alloc(12),
  })
  const { payload, ...rest } = readSegment(bytes, bytes.length)!
  assert.equal(Buffer.from(payload).toString(), 'hello')
  assert.deepEqual(rest, {
    ...{ sourcePort: 40_000, destinationPort: 443, sequence: 0xfffffff0, acknowledged: 7 },
    ...{ syn: false, fin: true, rst: false, length: 5 },
  })
})

test('without the flag nothing is acknowledged', () => {
  const bytes = tcp({ from: 1, to: 2, seq: 0, flags: 'S' })
  assert.equal(readSegment(bytes, bytes.length)!.acknowledged, undefined)
})

test('what was captured in part says how long it was; a header that was cut is none', () => {
  const bytes = tcp({ from: 1, to: 2, seq: 0, data: 'hello', options: Buffer.alloc(8) })
  const { payload, length } = readSegment(bytes.subarray(0, 30), bytes.length)!
  assert.deepEqual([payload.length, length], [2, 5])
  assert.equal(readSegment(bytes.subarray(0, 24), bytes.length)!.payload.length, 0)
  assert.equal(readSegment(bytes.subarray(0, 19), bytes.length), undefined)
  assert.equal(readSegment(bytes, 24), undefined)
  bytes[12] = 0x40
  assert.equal(readSegment(bytes, bytes.length), undefined)
})
