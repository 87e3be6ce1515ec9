import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readMsgpack } from '../../src/formats/msgpack.ts'
import { damage, hex, notation } from './notation.ts'

const one = (text: string) => notation(readMsgpack, hex(text))

test('every type is read (the examples of the specification)', () => {
  const values = {
    c0: 'null',
    c3: 'true',
    '7f': '127',
    e0: '-32',
    'cd 0100': '256',
    'cf ffffffffffffffff': '18446744073709551615',
    'd3 8000000000000000': '-9223372036854775808',
    'd1 fffe': '-2',
    'cb 3ff8000000000000': '1.5',
    'ca bf800000': '-1',
    'a3 612262': '"a\\"b"',
    'd9 01 61': '"a"',
    'c4 02 01ff': "h'01ff'",
    90: '[]',
    80: '{}',
    'd4 05 07': "ext 5 h'07'",
    'd6 ff 00000001': '1970-01-01T00:00:01Z',
    'd7 ff 0000000400000001': '1970-01-01T00:00:01.000000001Z',
    'c7 0c ff 00000000 ffffffffffffffff': '1969-12-31T23:59:59Z',
  }
  for (const [bytes, text] of Object.entries(values)) assert.equal(one(bytes), text, bytes)
})

test('maps and arrays nest', () => {
  assert.equal(one('82 a1 61 92 01 c2 05 a1 78'), '{"a": [1, false], 5: "x"}')
})

test('a key that holds values is announced', () => {
  assert.equal(one('81 91 01 02'), '{key [1]: 2}')
})

test('a length that is not there and a depth without end are no danger', () => {
  assert.throws(() => one('dd ffffffff 01'), /at byte 6$/)
  assert.throws(() => notation(readMsgpack, new Uint8Array(100_000).fill(0x91)), /more than 100 levels/)
  damage(readMsgpack, hex('82 a1 61 92 01 c2 05 d6 ff 00000001'))
})
