import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Connection, legOf } from '../../src/model/connection.ts'

const connection: Connection = { id: 1, openedAt: 0, client: { secureAt: 1 }, problems: [] }

test('each leg is found by its name', () => {
  const both = { ...connection, upstream: { secureAt: 2 } }
  assert.equal(legOf(both, 'client'), both.client)
  assert.equal(legOf(both, 'upstream'), both.upstream)
})

test('a connection that was never dialled has no upstream leg', () => {
  assert.equal(legOf(connection, 'upstream'), undefined)
})
