import assert from 'node:assert/strict'
import { test } from 'node:test'
import { clear } from '../../../src/wire/tls/reading.ts'
import type { RawRecord } from '../../../src/wire/tls/record-reader.ts'

const header: RawRecord = { direction: 'to-server', at: 0, offset: 0, type: 22, version: 0x0301, length: 2 }

test('a record in clear is its fragment, where that was kept', () => {
  const fragment = Uint8Array.of(1, 2)
  assert.deepEqual(clear({ ...header, fragment }, false), {
    encrypted: false,
    content: { type: 22, content: fragment },
  })
  assert.deepEqual(clear(header, false), { encrypted: false, closed: 'only its header was kept' })
  assert.deepEqual(clear({ ...header, fragment }, true), { encrypted: true, closed: 'no ServerHello was seen' })
})
