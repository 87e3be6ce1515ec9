import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { packRecordHeader, readRecordHeaders, recordHeaderBytes } from '../../src/tape/record-headers.ts'

const header = fc.tuple(fc.integer({ min: 0, max: 2 ** 48 - 1 }), fc.uint8Array({ minLength: 5, maxLength: 5 }))

test('record headers come back with their offsets, in order; what is cut is left out', () => {
  fc.assert(
    fc.property(fc.array(header, { maxLength: 5 }), fc.nat(recordHeaderBytes - 1), (headers, more) => {
      const packed = Buffer.alloc(headers.length * recordHeaderBytes + more)
      let end = 0
      for (const [offset, sent] of headers) end = packRecordHeader(packed, end, offset, Uint8Array.of(9, ...sent), 1)
      const read: [number, Uint8Array][] = []
      readRecordHeaders(packed, (offset, from) => read.push([offset, Uint8Array.from(packed.subarray(from, from + 5))]))
      assert.deepEqual(read, headers)
      assert.equal(end, headers.length * recordHeaderBytes)
    }),
  )
})
