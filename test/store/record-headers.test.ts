import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { unpackRecordHeaders } from '../../src/store/record-headers.ts'

import { packedHeaders } from './packed-headers.ts'

const header = fc.record(
  {
    at: fc.double({ noNaN: true }),
    offset: fc.nat({ max: Number.MAX_SAFE_INTEGER }).map(offset => offset % 2 ** 48),
    type: fc.nat({ max: 255 }),
    version: fc.nat({ max: 0xffff }),
    length: fc.nat({ max: 0xffff }),
  },
  { noNullPrototype: true },
)

test('headers come back as they were packed, and half a header is left out', () => {
  fc.assert(
    fc.property(fc.array(header), fc.nat({ max: 18 }), (headers, extra) => {
      const packed = packedHeaders(headers)
      assert.equal(packed.length, headers.length * 19)
      assert.deepEqual(unpackRecordHeaders(Buffer.concat([packed, new Uint8Array(extra)])), headers)
    }),
  )
})
