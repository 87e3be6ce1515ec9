import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { unpackBelowTls } from '../../src/store/below-tls.ts'
import { BelowTlsPacker } from '../../src/store/below-tls-packer.ts'
import { ShapeError } from '../../src/store/shape.ts'

const unpack = (...bytes: number[]) => [...unpackBelowTls(Uint8Array.from(bytes))]
const ten = [0x40, 0x24, 0, 0, 0, 0, 0, 0] // 10 as float64

test('a page is read as its format says', () => {
  assert.deepEqual(unpack(0, ...ten, 8, 2, 0xaa, 0xbb), [
    {
      kind: 'wire',
      leg: 'client',
      direction: 'to-server',
      chunk: { at: 10, offset: 4, bytes: Uint8Array.of(0xaa, 0xbb) },
    },
  ])
  const header = { at: 10, offset: 200, type: 23, version: 0x303, length: 258 }
  assert.deepEqual(unpack(1 + 4 + 8, ...ten, 0x90, 3, 23, 3, 3, 1, 2, 1 + 4 + 8 + 16, 1, 21, 3, 3, 0, 2), [
    { kind: 'header', leg: 'upstream', direction: 'to-client', header },
    {
      ...{ kind: 'header', leg: 'upstream', direction: 'to-client' },
      header: { at: 10, offset: 200 + 5 + 258 - 1, type: 21, version: 0x303, length: 2 },
    },
  ])
  assert.deepEqual(unpack(2 + 4, 3, 0xc3, 0xa4, 0x21), [{ kind: 'key', leg: 'upstream', line: 'ä!' }])
})

test('what a damaged page ends inside of is left out', () => {
  let page = new Uint8Array(0)
  const packer = new BelowTlsPacker((_, packed) => {
    page = Uint8Array.from(packed)
  })
  packer.wire(1, 'client', 'to-server', { at: 10, offset: 4, bytes: Buffer.alloc(300, 1) })
  packer.header(1, 'upstream', 'to-client', { at: 11, offset: 9, type: 23, version: 0x303, length: 100 })
  packer.key(1, 'client', 'LABEL 00 11')
  packer.flush()
  const whole = [...unpackBelowTls(page)]
  assert.equal(whole.length, 3)
  for (let length = 0; length < page.length; length++) {
    const read = [...unpackBelowTls(page.subarray(0, length))]
    assert.deepEqual(read, whole.slice(0, read.length), `${length} bytes`)
    assert.ok(read.length < 3)
  }
})

test('what Parley does not write is refused: another kind, a time that is none, a place before the first or far out', () => {
  const nan = [0x7f, 0xf8, 0, 0, 0, 0, 0, 0]
  const far = Array.from({ length: 20 }, () => 0xff)
  for (const bytes of [[3], [0, ...nan, 0, 1, 7], [0, ...ten, 1, 1, 7], [1, ...ten, ...far, 1, 23, 3, 3, 0, 1]])
    assert.throws(() => unpack(...bytes), ShapeError, bytes.join())
  assert.deepEqual(unpack(0, ...ten, 0, ...far, 1, 7), [], 'a length beyond the page')
  assert.deepEqual(unpack(16, 0, 0), [], 'nothing is made of no bytes')
})

test('whatever a page holds, reading it ends, with no more entries than bytes', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), bytes => {
      try {
        assert.ok([...unpackBelowTls(bytes)].length <= bytes.length / 2)
      } catch (error) {
        assert.ok(error instanceof ShapeError)
      }
    }),
    { numRuns: 2000 },
  )
})
