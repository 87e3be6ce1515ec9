import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { MalformedError } from '../../../src/wire/reader.ts'
import { DerReader, tags } from '../../../src/wire/x509/der.ts'
import { bytes } from './bytes.ts'

const reader = (hex: string): DerReader => new DerReader(bytes(hex), 'test')

test('a sequence gives its values and where each of them is, header included', () => {
  const r = reader('3006 020105 0101ff')
  const value = r.sequence(
    'pair',
    inner => [inner.number('n'), inner.boolean('b')],
    v => v.join('/'),
  )
  assert.deepEqual(value, [5, true])
  const children = [
    { name: 'n', start: 2, end: 5, shown: '5' },
    { name: 'b', start: 5, end: 8, shown: 'true' },
  ]
  assert.deepEqual(r.fields, [{ name: 'pair', start: 0, end: 8, shown: '5/true', children }])
})

test('a value cannot reach past its parent', () => {
  const r = reader('3003 020205 0000')
  assert.throws(
    () => r.sequence('s', inner => inner.integer('n')),
    new MalformedError(2, 's: n needs 2 bytes, 1 are left'),
  )
})

test('a sequence that is not read to its end is refused', () => {
  const r = reader('3006 020105 020106')
  assert.throws(() => r.sequence('s', inner => inner.number('n')), new MalformedError(5, 's: 3 bytes left over'))
})

test('another tag than the expected one is named with its place', () => {
  assert.throws(() => reader('0400').number('n'), new MalformedError(0, 'test: n should be tag 0x02 and is tag 0x04'))
})

test('lengths: long form is read, indefinite and five octets are not', () => {
  assert.equal(reader(`048180${'00'.repeat(128)}`).content(tags.octetString, 'o').length, 128)
  assert.equal(reader('04820001ff').content(tags.octetString, 'o')[0], 0xff)
  assert.throws(() => reader('3080 0000').any('x'), new MalformedError(1, 'x: length octet 128'))
  assert.throws(() => reader('04850000000000').any('x'), new MalformedError(1, 'x: length octet 133'))
  assert.throws(() => reader('0484ffffffff00').any('x'), MalformedError)
})

test('numbers: zero octets for the sign are dropped, negative and huge ones are refused', () => {
  assert.deepEqual(reader('02020080').integer('n'), bytes('80'))
  assert.deepEqual(reader('020100').integer('n'), bytes('00'))
  assert.equal(reader('0203010001').number('n'), 65537)
  assert.throws(() => reader('0201ff').number('n'), MalformedError)
  assert.throws(() => reader('020701000000000000').number('n'), MalformedError)
  assert.throws(() => reader('0200').integer('n'), MalformedError)
})

test('bit strings: more than seven unused bits are refused', () => {
  assert.deepEqual(reader('03020780').bitString('b'), { unused: 7, bytes: bytes('80'), start: 3 })
  assert.throws(() => reader('03020880').bitString('b'), MalformedError)
  assert.throws(() => reader('030101').bitString('b'), MalformedError)
  assert.throws(() => reader('0300').bitString('b'), MalformedError)
})

test('tags of several octets are read as one value', () => {
  assert.equal(reader('bf81220100').any('x').length, 5)
  assert.throws(() => reader('bfffff').any('x'), new MalformedError(3, 'test: x is cut off'))
})

test('any bytes are values or a MalformedError inside them', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 64 }), input => {
      try {
        const all = new DerReader(input, 'any').list(r => r.any('value'))
        assert.equal(
          all.reduce((sum, value) => sum + value.length, 0),
          input.length,
        )
      } catch (error) {
        assert.ok(error instanceof MalformedError)
        assert.ok(error.offset >= 0 && error.offset <= input.length)
      }
    }),
  )
})
