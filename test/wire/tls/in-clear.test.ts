import assert from 'node:assert/strict'
import { test } from 'node:test'
import { inClear, maybeInClear } from '../../../src/wire/tls/in-clear.ts'
import type { RawRecord } from '../../../src/wire/tls/record-reader.ts'

const record = (type: number, fragment: Uint8Array): RawRecord => ({
  direction: 'to-server',
  at: 0,
  offset: 0,
  type,
  version: 0x0303,
  length: fragment.length,
  fragment,
})
const zeros = (length: number): Uint8Array => new Uint8Array(length)

test('TLS 1.3 encrypts application data, and alerts that are longer than two bytes', () => {
  assert.equal(inClear(record(20, zeros(1))), true)
  assert.equal(inClear(record(21, zeros(2))), true)
  assert.equal(inClear(record(21, zeros(19))), false)
  assert.equal(inClear(record(22, zeros(40))), true)
  assert.equal(inClear(record(23, zeros(40))), false)
})

test('in an unknown version a short alert and a ClientHello are in clear, and nothing else', () => {
  assert.equal(maybeInClear(record(21, zeros(2))), true)
  assert.equal(maybeInClear(record(21, zeros(26))), false)
  assert.equal(maybeInClear(record(22, Uint8Array.of(1, 0, 0, 2, 3, 3))), true)
  assert.equal(maybeInClear(record(22, Uint8Array.of(1, 0, 0, 9, 3, 3))), false)
  assert.equal(maybeInClear(record(22, zeros(40))), false)
  assert.equal(maybeInClear(record(23, zeros(2))), false)
})
