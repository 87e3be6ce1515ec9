import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Direction } from '../../../src/wire/direction.ts'
import { inOrderOfArrival } from '../../../src/wire/tls/arrival-order.ts'
import type { RawRecord } from '../../../src/wire/tls/record-reader.ts'

const record = (direction: Direction, at: number, offset: number): RawRecord => ({
  direction,
  at,
  offset,
  type: 22,
  version: 0x0303,
  length: 0,
})

test('the earlier record comes first', () => {
  const server = [record('to-server', 1, 0), record('to-server', 4, 1)]
  const client = [record('to-client', 2, 0), record('to-client', 3, 1)]
  const order = [...inOrderOfArrival(server, client, () => 'to-server')].map(({ at }) => at)
  assert.deepEqual(order, [1, 2, 3, 4])
})

test('records of the same time follow whose turn it is', () => {
  const turns: Direction[] = ['to-client', 'to-server', 'to-client']
  const server = [record('to-server', 1, 0), record('to-server', 1, 1)]
  const client = [record('to-client', 1, 0), record('to-client', 1, 1)]
  const order = [...inOrderOfArrival(server, client, () => turns.shift() ?? 'to-client')].map(r => r.direction)
  assert.deepEqual(order, ['to-client', 'to-server', 'to-client', 'to-server'])
})
