import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { showIp } from '../../../src/wire/x509/ip.ts'
import { bytes } from './bytes.ts'

test('RFC 5952: the longest run of zeros is short, the first of two, and one zero stays', () => {
  assert.equal(showIp(bytes('20010db8000000000000000000000001')), '2001:db8::1')
  assert.equal(showIp(bytes('20010db8000000010000000000000001')), '2001:db8:0:1::1')
  assert.equal(showIp(bytes('20010000000000010000000000020003')), '2001::1:0:0:2:3')
  assert.equal(showIp(bytes('20010db8000000010001000100010001')), '2001:db8:0:1:1:1:1:1')
  assert.equal(showIp(new Uint8Array(16)), '::')
  assert.equal(showIp(bytes('c0000207')), '192.0.2.7')
})

test('any IPv6 address is what the URL standard writes', () => {
  const group = fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 255 }))
  const octets = fc.array(group, { minLength: 16, maxLength: 16 })
  const written = (text: string) => new URL(`http://[${text}]/`).hostname.slice(1, -1)
  fc.assert(
    fc.property(octets, list => {
      const text = showIp(Uint8Array.from(list))
      assert.equal(text, written(text))
    }),
  )
})
