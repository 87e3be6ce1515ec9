import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newConnection } from '../../src/model/fold-connection.ts'
import { isWhole, senderOf } from '../../src/model/link.ts'

test('Parley is one end of each of its legs, and of the whole none', () => {
  const ends = (['client', 'upstream', 'whole'] as const).map(link => [
    senderOf(link, 'to-server'),
    senderOf(link, 'to-client'),
  ])
  assert.deepEqual(ends, [
    ['client', 'parley'],
    ['parley', 'server'],
    ['client', 'server'],
  ])
})

test('what is passed through or sniffed is one conversation; what Parley reads on its legs is two', () => {
  const connection = newConnection(1)
  assert.equal(isWhole({ ...connection, treatment: 'observe' }), false)
  assert.equal(isWhole({ ...connection, treatment: 'pass-through' }), true)
  assert.equal(isWhole({ ...connection, sniffed: true }), true)
})
