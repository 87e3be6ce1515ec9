import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as der from '../../ca/der.ts'

const hex = (node: der.Node) => der.encode(node).toString('hex')

test('values have the encodings of X.690', () => {
  assert.equal(hex(der.sequence(der.yes(), der.nothing())), '30050101ff0500')
  assert.equal(hex(der.oid('1.2.840.113549.1.1.11')), '06092a864886f70d01010b')
  assert.equal(hex(der.bits(Buffer.of(0xa0), 5)), '030205a0')
  assert.equal(hex(der.octets(Buffer.alloc(200))).slice(0, 6), '0481c8')
  assert.equal(hex(der.tag(2, Buffer.from('a'))), '820161')
  assert.equal(hex(der.tagged(3, der.nothing())), 'a3020500')
  assert.equal(hex(der.utf8('ü')), '0c02c3bc')
})

test('a time is UTCTime up to 2049 and GeneralizedTime from 2050', () => {
  assert.equal(der.encode(der.time(Date.UTC(2049, 11, 31, 23, 59, 59, 999))).toString(), '\x17\x0d491231235959Z')
  assert.equal(der.encode(der.time(Date.UTC(2050, 0, 1))).toString(), '\x18\x0f20500101000000Z')
})

test('a time is read to the second in both forms, and nothing else is a time', () => {
  for (const at of [Date.UTC(1999, 11, 31, 23, 59, 59), Date.UTC(2049, 0, 1), Date.UTC(2050, 5, 6, 7, 8, 9)])
    assert.equal(der.timeOf(der.decode(der.encode(der.time(at)))), at)
  for (const node of [undefined, der.sequence(), der.utf8('260101000000Z')]) assert.ok(Number.isNaN(der.timeOf(node)))
})

test('what is decoded encodes to the same bytes, BIT STRINGs that hold DER too', () => {
  const bytes = der.encode(der.sequence(der.bits(der.encode(der.sequence(der.nothing()))), der.tag(7, Buffer.of(1, 2))))
  const decoded = der.decode(bytes)
  assert.deepEqual(der.encode(decoded), bytes)
  assert.deepEqual(der.bytesOf(der.itemsOf(decoded)[1]), Buffer.of(1, 2))
  assert.equal(der.tagOf(der.itemsOf(decoded)[1]!), 7)
  assert.equal(der.tagOf(decoded), undefined)
})

test('bytes that are cut short or left over are refused', () => {
  const bytes = der.encode(der.sequence(der.nothing()))
  assert.throws(() => der.decode(bytes.subarray(0, 3)))
  assert.throws(() => der.decode(Buffer.concat([bytes, Buffer.of(0)])))
})

test('a directory string is read in UTF-8, in BMP and in the byte alphabets', () => {
  assert.equal(der.textOf(der.utf8('é')), 'é')
  assert.equal(der.textOf(der.decode(Buffer.from('1e0400e90041', 'hex'))), 'éA')
  assert.equal(der.textOf(der.decode(Buffer.from('13024142', 'hex'))), 'AB')
  assert.equal(der.textOf(der.sequence()), undefined)
  assert.equal(der.oidOf(der.oid('2.5.4.3')), '2.5.4.3')
  assert.equal(der.oidOf(der.utf8('2.5.4.3')), undefined)
})
