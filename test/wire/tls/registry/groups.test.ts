import assert from 'node:assert/strict'
import { test } from 'node:test'
import { groups, hybridGroups, showGroup } from '../../../../src/wire/tls/registry/groups.ts'

test('groups have their names', () => {
  assert.deepEqual([29, 4588, 256].map(showGroup), ['x25519 (0x001d)', 'X25519MLKEM768 (0x11ec)', 'ffdhe2048 (0x0100)'])
})

test('every hybrid is a named group, and its parts are two', () => {
  for (const [group, parts] of Object.entries(hybridGroups)) {
    assert.ok(groups[Number(group)])
    assert.equal(parts?.length, 2)
  }
})

test('X25519MLKEM768 has ML-KEM first: 1216 bytes from the client, 1120 from the server', () => {
  const [first, second] = hybridGroups[4588]!
  assert.equal(first.name, 'ml_kem_768')
  assert.deepEqual([first.client + second.client, first.server + second.server], [1216, 1120])
})
