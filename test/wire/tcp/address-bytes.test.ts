import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addressBytes, unmapped } from '../../../src/wire/tcp/address-bytes.ts'

const hex = (text: string): string | undefined => {
  const bytes = addressBytes(text)
  return bytes && Buffer.from(bytes).toString('hex')
}

test('addresses of both kinds are read', () => {
  assert.equal(hex('127.0.0.1'), '7f000001')
  assert.equal(hex('::1'), '00000000000000000000000000000001')
  assert.equal(hex('::'), '0'.repeat(32))
  assert.equal(hex('2001:db8::8:800:200c:417a'), '20010db80000000000080800200c417a')
  assert.equal(hex('1:2:3:4:5:6:7:8'), '00010002000300040005000600070008')
  assert.equal(hex('fe80::1%eth0'), 'fe800000000000000000000000000001')
  assert.equal(hex('::ffff:1.2.3.4'), '00000000000000000000ffff01020304')
})

test('what is no address is none', () => {
  for (const text of [
    '',
    'a.example',
    '1.2.3',
    '1.2.3.256',
    '1.2.3.4.5',
    ':',
    '1::2::3',
    '1:2:3:4:5:6:7',
    '::x',
    '12345::',
    '1:2:3:4:5:6:7:8::',
    '::1.2.3',
  ])
    assert.equal(addressBytes(text), undefined, text)
})

test('an IPv4 address that IPv6 maps is itself', () => {
  assert.deepEqual([...unmapped(addressBytes('::ffff:1.2.3.4')!)], [1, 2, 3, 4])
  assert.equal(unmapped(addressBytes('::1')!).length, 16)
  assert.equal(unmapped(addressBytes('9.9.9.9')!).length, 4)
})
