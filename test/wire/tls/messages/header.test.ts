import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ByteReader, MalformedError } from '../../../../src/wire/reader.ts'
import { expectHeader, readHeader } from '../../../../src/wire/tls/messages/header.ts'
import { fromHex } from '../tls-fixtures.ts'

const reader = (hex: string) => new ByteReader(fromHex(hex), 'test')

test('the header gives the type and must measure the rest', () => {
  assert.equal(readHeader(reader('14 000002 abcd')), 20)
  for (const hex of ['14 000001 abcd', '14 000003 abcd', '14 0000'])
    assert.throws(() => readHeader(reader(hex)), MalformedError)
})

test('another type than the expected is refused', () => {
  assert.throws(() => expectHeader(reader('02 000000'), 1), /handshake type 2 instead of 1 at byte 0/)
  assert.doesNotThrow(() => expectHeader(reader('01 000000'), 1))
})
