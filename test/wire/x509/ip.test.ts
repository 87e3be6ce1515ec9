import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { parseIp, showIp } from '../../../src/wire/x509/ip.ts'
import { bytes } from './bytes.ts'

test('RFC 5952: the longest run of zeros is short, the first of two, and one zero stays', () => {
  assert.equal(showIp(bytes('20010db8000000000000000000000001')), '2001:db8::1')
  assert.equal(showIp(bytes('20010db8000000010000000000000001')), '2001:db8:0:1::1')
  assert.equal(showIp(bytes('20010000000000010000000000020003')), '2001::1:0:0:2:3')
  assert.equal(showIp(bytes('20010db8000000010001000100010001')), '2001:db8:0:1:1:1:1:1')
  assert.equal(showIp(new Uint8Array(16)), '::')
  assert.equal(showIp(bytes('c0000207')), '192.0.2.7')
})

test('every address is read back as it was written', () => {
  const group = fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 255 }))
  const octets = fc.oneof(...[4, 16].map(length => fc.array(group, { minLength: length, maxLength: length })))
  fc.assert(fc.property(octets, list => assert.deepEqual([...(parseIp(showIp(Uint8Array.from(list))) ?? [])], list)))
})

test('brackets, zones and dotted tails are read', () => {
  assert.deepEqual(parseIp('[::1]'), bytes('00000000000000000000000000000001'))
  assert.deepEqual(parseIp('fe80::1%eth0'), bytes('fe800000000000000000000000000001'))
  assert.deepEqual(parseIp('::ffff:192.0.2.7'), bytes('00000000000000000000ffffc0000207'))
})

test('what is no address is none', () => {
  for (const text of [
    '',
    'example.com',
    '1.2.3',
    '1.2.3.256',
    '01.2.3.4',
    ':',
    '1::2::3',
    '1:2:3:4:5:6:7',
    '::g',
    '1:2:3:4:5:6:7:8::',
  ])
    assert.equal(parseIp(text), undefined, text)
})
