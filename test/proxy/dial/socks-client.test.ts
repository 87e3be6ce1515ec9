import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { ipv6Bytes, reply5Length } from '../../../src/proxy/dial/socks-client.ts'

test('a reply is as long as the kind of its address says', () => {
  assert.equal(reply5Length(Buffer.from('050000010102030401bb', 'hex')), 10)
  assert.equal(reply5Length(Buffer.from('0500000302616201bbff', 'hex')), 9)
  assert.equal(reply5Length(Buffer.concat([Buffer.from([5, 0, 0, 4]), Buffer.alloc(18)])), 22)
  assert.equal(reply5Length(Buffer.from('05000001', 'hex')), undefined)
  assert.throws(() => reply5Length(Buffer.from([4])), /version 4/)
})

test('of any bytes it says a length within them, that more are needed, or that they are none', () => {
  fc.assert(
    fc.property(fc.boolean(), fc.uint8Array({ maxLength: 300 }), (five, rest) => {
      const bytes = Buffer.from(five ? [5, 0, 0, ...rest] : rest)
      let length: number | undefined
      try {
        length = reply5Length(bytes)
      } catch {
        return
      }
      assert.ok(length === undefined || (length > 0 && length <= bytes.length))
    }),
  )
})

test('IPv6 becomes sixteen bytes in every way of writing it', () => {
  const hex = (address: string): string => Buffer.from(ipv6Bytes(address)).toString('hex')
  assert.equal(hex('::'), '0'.repeat(32))
  assert.equal(hex('::1'), `${'0'.repeat(31)}1`)
  assert.equal(hex('2001:db8::a:b'), '20010db80000000000000000000a000b')
  assert.equal(hex('::ffff:192.0.2.1'), '00000000000000000000ffffc0000201')
  assert.equal(hex('fe80::1%eth0'), `fe80${'0'.repeat(27)}1`)
  fc.assert(fc.property(fc.ipV6(), address => assert.equal(ipv6Bytes(address).length, 16)))
})
