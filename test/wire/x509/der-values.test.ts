import assert from 'node:assert/strict'
import { test } from 'node:test'
import { MalformedError } from '../../../src/wire/reader.ts'
import { bigEndian, oidText, readTime, textOf } from '../../../src/wire/x509/der-values.ts'
import { bytes } from './bytes.ts'

const time = (text: string, tag = text.length > 13 ? 0x18 : 0x17): number => readTime(tag, Buffer.from(text), 0)

test('object identifiers: two arcs in the first octet, arcs longer than 2^53', () => {
  assert.equal(oidText(bytes('550403'), 0), '2.5.4.3')
  assert.equal(oidText(bytes('2a864886f70d01010b'), 0), '1.2.840.113549.1.1.11')
  assert.equal(oidText(bytes('883703'), 0), '2.999.3')
  assert.equal(oidText(bytes('69 838080808080808080808000'), 0), `2.25.${3n << 77n}`)
})

test('object identifiers that are empty, cut off or endless are refused', () => {
  for (const bad of ['', '5584', 'ff'.repeat(200)])
    assert.throws(
      () => oidText(bytes(bad), 7),
      (error: unknown) => error instanceof MalformedError && error.offset === 7,
    )
})

test('two-digit years from 50 are in the last century', () => {
  assert.equal(time('491231235959Z'), Date.UTC(2049, 11, 31, 23, 59, 59))
  assert.equal(time('500101000000Z'), Date.UTC(1950, 0, 1))
  assert.equal(time('99991231235959Z'), Date.UTC(9999, 11, 31, 23, 59, 59))
})

test('times with fractions, without seconds, and east or west of Greenwich', () => {
  assert.equal(time('20240101000000.25Z'), Date.UTC(2024, 0, 1) + 250)
  assert.equal(time('2401010000Z', 0x17), Date.UTC(2024, 0, 1))
  assert.equal(time('240101020000+0200', 0x17), Date.UTC(2024, 0, 1))
  assert.equal(time('231231190000-0500', 0x17), Date.UTC(2024, 0, 1))
})

test('times that do not exist are refused', () => {
  for (const bad of ['20240230000000Z', '20241301000000Z', '20240101240000Z', '20240101000000', 'x'])
    assert.throws(() => time(bad), MalformedError)
  assert.throws(() => time('20240101000000Z', 0x17), MalformedError)
  assert.throws(() => time('240101000000Z', 0x04), MalformedError)
})

test('strings of every kind', () => {
  assert.equal(textOf(12, bytes('c3bc'), 0), 'ü')
  assert.equal(textOf(20, bytes('fc'), 0), 'ü')
  assert.equal(textOf(30, bytes('00fc d83d de00'), 0), 'ü😀')
  assert.equal(textOf(28, bytes('0001f600'), 0), '😀')
  assert.throws(() => textOf(30, bytes('00'), 0), MalformedError)
  assert.throws(() => textOf(28, bytes('00110000'), 0), MalformedError)
  assert.throws(() => textOf(28, bytes('0011'), 0), MalformedError)
  assert.throws(() => textOf(2, bytes('00'), 0), MalformedError)
})

test('big-endian', () => {
  assert.equal(bigEndian(bytes('010001')), 65537)
  assert.equal(bigEndian(bytes('')), 0)
})
