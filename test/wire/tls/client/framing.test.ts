import assert from 'node:assert/strict'
import { test } from 'node:test'
import { handshake, list8, list16, list24, u16 } from '../../../../src/wire/tls/client/framing.ts'

const hex = (bytes: Buffer): string => bytes.toString('hex')

test('lengths of one, two and three bytes stand before what they count', () => {
  const data = Buffer.of(7, 8)
  assert.deepEqual([u16(0x1234), list8(data), list16(data), list24(data)].map(hex), [
    '1234',
    '020708',
    '00020708',
    '0000020708',
  ])
  assert.equal(hex(list24(Buffer.alloc(0x012345)).subarray(0, 3)), '012345')
})

test('a handshake message begins with its type', () => {
  assert.equal(hex(handshake(24, Buffer.of(1))), '1800000101')
})
