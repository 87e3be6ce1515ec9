import assert from 'node:assert/strict'
import { test } from 'node:test'
import { numberedHeader, writeHeader } from '../../../src/wire/tls/record-header.ts'

test('a header is written where it should be, and nowhere else', () => {
  const bytes = Buffer.alloc(7, 0xee)
  writeHeader(bytes, 1, 22, 0x0301, 16_640)
  assert.equal(bytes.toString('hex'), 'ee1603014100ee')
})

test('what a MAC covers begins with the number, of 64 bits', () => {
  assert.equal(numberedHeader(2n ** 63n + 1n, 23, 0x0303, 258).toString('hex'), '80000000000000011703030102')
})
