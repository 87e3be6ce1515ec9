import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readCbor } from '../../src/formats/cbor.ts'
import { damage, hex, notation } from './notation.ts'

const one = (text: string) => notation(readCbor, hex(text))

test('the examples of RFC 8949 appendix A', () => {
  const values = {
    17: '23',
    '1bffffffffffffffff': '18446744073709551615',
    '3bffffffffffffffff': '-18446744073709551616',
    3863: '-100',
    f90000: '0.0',
    f98000: '-0.0',
    f93e00: '1.5',
    f97bff: '65504.0',
    f90001: '5.960464477539063e-8',
    f97c00: 'Infinity',
    f97e00: 'NaN',
    fa47c35000: '100000.0',
    fbc010666666666666: '-4.1',
    f4: 'false',
    f7: 'undefined',
    f0: 'simple(16)',
    f8ff: 'simple(255)',
    '4401020304': "h'01020304'",
    '62225c': '"\\"\\\\"',
    80: '[]',
    a0: '{}',
    c11a514b67b0: 'tag 1 (seconds since 1970) 1363896240',
    d74401020304: "tag 23 (expected base16) h'01020304'",
    '5f42010243030405ff': "h'0102030405'",
    '7f657374726561646d696e67ff': '"streaming"',
    '9f01ff': '_ [1]',
    bf6146f5ff: '_ {"F": true}',
    '8201820203': '[1, [2, 3]]',
  }
  for (const [bytes, text] of Object.entries(values)) assert.equal(one(bytes), text, bytes)
})

test('a key that holds values is announced', () => {
  assert.equal(one('a2 01 02 81 03 04'), '{1: 2, key [3]: 4}')
})

test('what is not well-formed names its place', () => {
  assert.throws(() => one('9f 01'), /at byte 2/)
  assert.throws(() => one('81 1c'), /additional information 28 at byte 1/)
  assert.throws(() => one('ff'), /a break outside/)
  assert.throws(() => one('5f 6161 ff'), /another type/)
  assert.throws(() => notation(readCbor, new Uint8Array(100_000).fill(0x81)), /more than 100 levels/)
  assert.throws(() => notation(readCbor, new Uint8Array(100_000).fill(0xc1)), /more than 100 levels/)
  damage(readCbor, hex('bf6146f5 9f 01 d74401020304 ff 5f42010243030405ff ff'))
})
