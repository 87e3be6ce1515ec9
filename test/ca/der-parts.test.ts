import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as nodes from '../../ca/der.ts'
import * as parts from '../../ca/der-parts.ts'

test('parts make the same bytes as forge, with every form of length', () => {
  for (const length of [0, 1, 127, 128, 255, 256, 65_535, 65_536, 130_000]) {
    const bytes = Buffer.alloc(length, 0x41)
    assert.deepEqual(parts.octets(bytes), nodes.encode(nodes.octets(bytes)))
    assert.deepEqual(parts.bits(bytes), nodes.encode(nodes.bits(bytes)))
    assert.deepEqual(parts.tag(7, bytes), nodes.encode(nodes.tag(7, bytes)))
    assert.deepEqual(parts.utf8('ü'.repeat(length)), nodes.encode(nodes.utf8('ü'.repeat(length))))
    const nested = [nodes.octets(bytes), nodes.set(nodes.integer(Buffer.of(2))), nodes.tagged(3, nodes.octets(bytes))]
    const same = [parts.octets(bytes), parts.set(parts.integer(Buffer.of(2))), parts.tagged(3, parts.octets(bytes))]
    assert.deepEqual(parts.sequence(...same), nodes.encode(nodes.sequence(...nested)))
  }
})

test('a time is UTCTime up to 2049 and GeneralizedTime from 2050', () => {
  assert.equal(parts.time(Date.UTC(2049, 11, 31, 23, 59, 59, 999)).toString(), '\x17\x0d491231235959Z')
  assert.equal(parts.time(Date.UTC(2050, 0, 1)).toString(), '\x18\x0f20500101000000Z')
  assert.deepEqual(parts.time(Date.UTC(2026, 1, 3, 4, 5, 6)), nodes.encode(nodes.time(Date.UTC(2026, 1, 3, 4, 5, 6))))
})
