import assert from 'node:assert/strict'
import os from 'node:os'
import { test } from 'node:test'
import fc from 'fast-check'
import {
  inRanges,
  isLocalTarget,
  isLoopback,
  isThisMachine,
  readRange,
} from '../../../src/proxy/entrance/address-ranges.ts'

test('a range is an address with or without the number of its bits', () => {
  assert.deepEqual(readRange('10.0.0.0/8'), { address: '10.0.0.0', bits: 8 })
  assert.deepEqual(readRange('fd00::1'), { address: 'fd00::1', bits: 128 })
  for (const text of ['', '10.0.0.0/33', '10.0.0/8', 'host/8', '10.0.0.0/', '1/1', 'fd00::/129'])
    assert.equal(readRange(text), undefined, text)
})

test('an address in the form of IPv6 is the IPv4 address', () => {
  const holds = inRanges(['192.168.1.0/24', 'fd00::/8'])
  for (const address of ['192.168.1.7', '::ffff:192.168.1.7', 'fd12::1']) assert.ok(holds(address), address)
  for (const address of ['192.168.2.7', '::ffff:192.168.2.7', 'fe80::1', '', 'x']) assert.ok(!holds(address), address)
  assert.ok(!inRanges([])('10.0.0.1'))
})

test('local targets are loopback, link-local and unspecified, in every form', () => {
  const local = [
    '127.1.2.3',
    '::1',
    '::',
    '0.0.0.0',
    '169.254.169.254',
    '::ffff:127.0.0.1',
    '::127.0.0.1',
    'fe80::1%lo',
  ]
  for (const address of local) assert.ok(isLocalTarget(address), address)
  for (const address of ['128.0.0.1', '10.0.0.1', '2001:db8::1', 'fd00::1']) assert.ok(!isLocalTarget(address), address)
})

test('this machine is loopback and its interfaces', () => {
  for (const { address } of Object.values(os.networkInterfaces()).flatMap(all => all ?? []))
    assert.ok(isThisMachine(address), address)
  assert.ok(isLoopback('127.0.0.9') && isLoopback('::1') && !isLoopback('0.0.0.0'))
  assert.ok(!isThisMachine('192.0.2.1'))
})

test('no text makes a range or an address throw, and a range that is read holds its own address', () => {
  const part = fc.constantFrom(...'0123456789abcdef.:/%[]', '127.0.0.1', '::1', '/8', '::ffff:')
  const text = fc.oneof(
    fc.string(),
    fc.array(part, { maxLength: 12 }).map(parts => parts.join('')),
  )
  fc.assert(
    fc.property(text, text, (range, address) => {
      const read = readRange(range)
      const holds = inRanges([range])
      assert.equal(typeof holds(address), 'boolean')
      if (read) assert.ok(holds(read.address), range)
      else assert.equal(holds(address), false)
    }),
    { numRuns: 2000 },
  )
})
