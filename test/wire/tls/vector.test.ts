import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ByteReader, MalformedError } from '../../../src/wire/reader.ts'
import { count, latin1, numbers, opaque, shortHex, vector } from '../../../src/wire/tls/vector.ts'
import { fromHex } from './tls-fixtures.ts'

test('a vector says what it holds and names its length', () => {
  const r = new ByteReader(fromHex('0004 1301 1302'), 'test')
  assert.deepEqual(numbers(r, 2, 'suites', 2, 'suite', String, 'suite'), [0x1301, 0x1302])
  assert.deepEqual(
    r.fields.map(field => [field.name, field.shown]),
    [
      ['suites_length', '4'],
      ['suites', '2 suites'],
    ],
  )
})

test('a vector of half an item is malformed', () => {
  assert.throws(() => numbers(new ByteReader(fromHex('03 1301 13'), 'test'), 1, 'suites', 2, 'suite'), MalformedError)
})

test('a vector cannot read past its length', () => {
  const r = new ByteReader(fromHex('01 aabb'), 'test')
  assert.deepEqual(
    vector(r, 1, 'items', item => item.u8('item'), String),
    [0xaa],
  )
  assert.equal(r.remaining, 1)
})

test('an opaque value longer than its parent is malformed', () => {
  assert.throws(() => opaque(new ByteReader(fromHex('000003 aabb'), 'test'), 3, 'data'), /needs 3 bytes, 2 are left/)
})

test('a point of P-521 is shown in full, a certificate is cut', () => {
  assert.equal(shortHex(new Uint8Array(133)).length, 266)
  assert.equal(shortHex(new Uint8Array(1000)), `${'00'.repeat(32)}… (1000 bytes)`)
})

test('no byte is lost in characters', () => {
  const bytes = Uint8Array.from({ length: 256 }, (_, i) => i)
  assert.deepEqual(new Uint8Array(Buffer.from(latin1(bytes), 'latin1')), bytes)
})

test('one is one', () => {
  assert.deepEqual(
    [count(1, 'identity'), count(2, 'identity'), count(0, 'byte')],
    ['1 identity', '2 identities', '0 bytes'],
  )
})
