import assert from 'node:assert/strict'
import { test } from 'node:test'
import { list16, u16 } from '../../../../../src/wire/tls/client/framing.ts'
import { keyPair } from '../../../../../src/wire/tls/client/groups/named-groups.ts'
import { redrawnEch } from '../../../../../src/wire/tls/client/hello/redrawn-ech.ts'

const outer = (enc: Uint8Array, payload: Uint8Array): Buffer =>
  Buffer.concat([Buffer.of(0), u16(1), u16(3), Buffer.of(77), list16(enc), list16(payload)])

test('suite and lengths stay, enc and payload are others', () => {
  const ech = outer(Buffer.alloc(32, 9), Buffer.alloc(144, 8))
  const drawn = redrawnEch(ech)!
  assert.equal(drawn.length, ech.length)
  assert.deepEqual(drawn.subarray(0, 5), ech.subarray(0, 5))
  assert.deepEqual(drawn.subarray(6, 8), ech.subarray(6, 8))
  assert.deepEqual(drawn.subarray(40, 42), ech.subarray(40, 42))
  assert.ok(!drawn.includes(Buffer.alloc(8, 9)) && !drawn.includes(Buffer.alloc(8, 8)))
  assert.notDeepEqual(redrawnEch(ech), drawn)
  const ids = new Set(Array.from({ length: 40 }, () => redrawnEch(ech)![5]))
  assert.ok(ids.size > 10)
})

test('enc is a key of its curve', () => {
  const drawn = redrawnEch(outer(Buffer.alloc(65, 9), Buffer.alloc(10)))!
  assert.equal(keyPair(23)!.agree(drawn.subarray(8, 73)).length, 32)
})

test('an enc of another length, or of none, keeps it', () => {
  for (const length of [0, 31, 1120]) {
    const ech = outer(Buffer.alloc(length, 9), Buffer.alloc(5))
    assert.equal(redrawnEch(ech)?.length, ech.length)
  }
})

test('what has another form is left alone', () => {
  const ech = outer(Buffer.alloc(32), Buffer.alloc(9))
  for (const data of [
    Buffer.alloc(0),
    Buffer.of(1),
    ech.subarray(0, 8),
    ech.subarray(0, -1),
    Buffer.concat([ech, Buffer.of(0)]),
  ])
    assert.equal(redrawnEch(data), undefined)
  const inner = Buffer.from(ech)
  inner[0] = 1
  assert.equal(redrawnEch(inner), undefined)
})
