import assert from 'node:assert/strict'
import { test } from 'node:test'
import { legJson } from '../../../src/view/json/leg-json.ts'
import { recordedPair } from '../recorded.ts'

test('times count from the opening of the connection', async () => {
  const { connection, upstream } = await recordedPair()
  const json = legJson(connection.upstream!, upstream, connection.openedAt)
  assert.ok(Math.abs(json.dialled! - 1.5) < 0.01 && Math.abs(json.connected! - 3.5) < 0.01)
  assert.ok(Math.abs(json.closed!.time - 310) < 0.01)
  assert.ok(!('dialledAt' in json))
})

test('a leg without TLS has no tls member', async () => {
  const { connection } = await recordedPair()
  assert.ok(!('tls' in legJson(connection.client, undefined, connection.openedAt)))
})
