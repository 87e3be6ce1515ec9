import assert from 'node:assert/strict'
import { test } from 'node:test'
import { messagesJson, recordsJson } from '../../../src/view/json/message-json.ts'
import { recordedPair } from '../recorded.ts'

test('a hello lists its extensions by number in wire order', async () => {
  const { connection, client } = await recordedPair()
  const [hello, answer] = messagesJson(client!, connection.openedAt)
  assert.deepEqual(
    hello?.extensions?.map(({ type }) => type),
    client!.clientHello?.extensions.map(({ type }) => type),
  )
  assert.deepEqual([hello?.direction, hello?.type, hello?.name], ['C>S', 1, 'client_hello'])
  assert.deepEqual([answer?.direction, answer?.type], ['S>C', 2])
})

test('messages point at records that are there', async () => {
  const { connection, upstream } = await recordedPair()
  const records = recordsJson(upstream!, connection.openedAt)
  for (const message of messagesJson(upstream!, connection.openedAt))
    for (const index of message.records) assert.equal(records[index]?.direction, message.direction)
})
