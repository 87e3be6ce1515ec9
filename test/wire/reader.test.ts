import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { ByteReader, hex, MalformedError } from '../../src/wire/reader.ts'

const bytes = Buffer.from([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
const reader = (): ByteReader => new ByteReader(bytes, 'Whole')

test('integers are big-endian, and each is a field where it stood', () => {
  const r = reader()
  assert.deepEqual([r.u8('a'), r.u16('b'), r.u24('c'), r.u32('d')], [1, 0x0203, 0x040506, 0x0708090a])
  assert.deepEqual(
    r.fields.map(({ name, start, end }) => [name, start, end]),
    [
      ['a', 0, 1],
      ['b', 1, 3],
      ['c', 3, 6],
      ['d', 6, 10],
    ],
  )
  r.end()
})

test('a read past the end throws MalformedError that names the field and the offset, and reads nothing', () => {
  const r = reader()
  r.bytes(8, 'most')
  assert.throws(
    () => r.u24('length'),
    (error: Error) =>
      error instanceof MalformedError && error.offset === 8 && /Whole: length needs 3/.test(error.message),
  )
  assert.equal(r.offset, 8)
})

test('a block cannot read past its own end, and offsets count from the start of all bytes', () => {
  const r = reader()
  r.u8('before')
  const block = r.block(3, 'inner')
  assert.equal(block.u16('x'), 0x0203)
  assert.equal(block.offset, 3)
  assert.throws(() => block.u16('y'), MalformedError)
  assert.equal(r.u8('after'), 5)
})

test('a block cannot be longer than its parent', () => {
  const inner = reader().block(4, 'inner')
  assert.throws(() => inner.block(5, 'longer'), /inner: longer needs 5 bytes, 4 are left at byte 0/)
})

test('leftovers are an error with their number', () => {
  const r = reader()
  r.bytes(7, 'x')
  assert.throws(() => r.end(), /Whole: 3 bytes left over at byte 7/)
})

test('a list reads to the end of its block, and an item of no length is an error, not a hang', () => {
  assert.deepEqual(
    reader()
      .block(4, 'list')
      .list(item => item.u16('item')),
    [0x0102, 0x0304],
  )
  assert.throws(() => reader().list(() => 0), MalformedError)
})

test('a group holds the fields that were read in it, as far as they came', () => {
  const r = reader()
  const sum = r.group(
    'pair',
    inner => inner.u8('a') + inner.u8('b'),
    value => `sum ${value}`,
  )
  assert.equal(sum, 3)
  const [pair] = r.fields
  assert.deepEqual([pair!.start, pair!.end, pair!.shown, pair!.children!.length], [0, 2, 'sum 3', 2])
  assert.throws(() => r.group('broken', inner => [inner.u8('c'), inner.bytes(100, 'd')]), MalformedError)
  assert.deepEqual([r.fields[1]!.name, r.fields[1]!.children!.length, r.offset], ['broken', 1, 3])
})

test('fields of one level follow each other and stay inside their parent, whatever is read', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.constantFrom('u8', 'u16', 'block', 'bytes'), fc.nat(6))), steps => {
      const r = reader()
      let inner: ByteReader = r
      try {
        for (const [verb, length] of steps) {
          if (verb === 'block') inner = inner.block(length, 'block')
          else if (verb === 'bytes') inner.bytes(length, 'bytes')
          else inner[verb](verb)
        }
      } catch (error) {
        assert.ok(error instanceof MalformedError)
      }
      const check = (fields: typeof r.fields, from: number, to: number): void => {
        let at = from
        for (const { start, end, children } of fields) {
          assert.ok(start === at && end <= to)
          if (children) check([...children], start, end)
          at = end
        }
      }
      check(r.fields, 0, bytes.length)
    }),
  )
})

test('a quiet reader reads the same values and keeps no fields', () => {
  const read = (r: ByteReader) => [
    r.u8('a'),
    r.block(3, 'b').list(item => item.u8('c')),
    r.group('d', inner => [...inner.bytes(2, 'e'), inner.u16('f')]),
    [...r.rest('g')],
  ]
  const quiet = ByteReader.quiet(bytes, 'Whole')
  assert.deepEqual(read(quiet), read(reader()))
  assert.deepEqual([quiet.quiet, quiet.fields, quiet.remaining], [true, [], 0])
  assert.throws(() => quiet.u8('more'), /^MalformedError: Whole: more needs 1 bytes, 0 are left at byte 10$/)
})

test('hex reads the view, not the buffer below it', () => {
  assert.equal(hex(bytes.subarray(2, 4)), '0304')
})
