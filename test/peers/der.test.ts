import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bits, explicit, implicit, integer, octets, oid, sequence, time, utf8 } from '../../src/peers/der.ts'

const hex = (bytes: Buffer) => bytes.toString('hex')

test('an integer whose first bit is set gets a leading zero, and another does not', () => {
  assert.equal(hex(integer(0x80)), '02020080')
  assert.equal(hex(integer(0x7f, 1)), '02027f01')
})

test('lengths from 128 on take more bytes', () => {
  assert.equal(hex(octets(Buffer.alloc(127)).subarray(0, 2)), '047f')
  assert.equal(hex(octets(Buffer.alloc(128)).subarray(0, 3)), '048180')
  assert.equal(hex(octets(Buffer.alloc(256)).subarray(0, 4)), '04820100')
})

test('an object identifier packs its first two arcs and writes the others in base 128', () => {
  assert.equal(hex(oid('1.2.840.113549.1.1.11')), '06092a864886f70d01010b')
  assert.equal(hex(oid('2.5.29.17')), '0603551d11')
})

test('a date is UTCTime until 2049 and GeneralizedTime from 2050', () => {
  assert.equal(time(new Date('2049-12-31T23:59:59.900Z')).toString('latin1'), '\x17\x0d491231235959Z')
  assert.equal(time(new Date('2050-01-01T00:00:00Z')).toString('latin1'), '\x18\x0f20500101000000Z')
})

test('tags tell strings, constructed and primitive context values apart', () => {
  assert.equal(hex(sequence(utf8('é'), bits(Buffer.of(6), 1))), '30080c02c3a903020106')
  assert.equal(hex(explicit(3, integer(1))), 'a303020101')
  assert.equal(hex(implicit(2, Buffer.from('a'))), '820161')
})
