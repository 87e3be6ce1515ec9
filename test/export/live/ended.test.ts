import assert from 'node:assert/strict'
import { test } from 'node:test'
import { EndedWatch } from '../../../src/export/live/ended.ts'
import type { Connection } from '../../../src/model/connection.ts'
import type { Exchange } from '../../../src/model/exchange.ts'
import type { Capture } from '../../../src/store/capture.ts'
import { connectionOf, exchangeOf } from '../../store/samples.ts'

/** A capture of what has been put in so far. */
function growing() {
  const exchanges = new Map<number, Exchange>()
  const connections = new Map<number, Connection>()
  const capture = {
    exchange: (id: number) => exchanges.get(id),
    connection: (id: number) => connections.get(id),
  } as Capture
  const watch = new EndedWatch()
  return {
    put: (...all: readonly Exchange[]) => all.map(each => exchanges.set(each.id, each)),
    join: (connection: Connection) => connections.set(connection.id, connection),
    hear(flows: readonly number[], ids: readonly number[] = [], last = false) {
      const ended = watch.hear(capture, { flows, connections: ids }, last)
      return [
        ended.flows.map(({ id, first }) => `${id}${first ? ' first' : ''}`),
        ended.connections.map(({ id, exchanges: own }) => [id, ...own]),
      ]
    },
  }
}

const { response: _, ...running } = exchangeOf(1)
const closed = { closed: { at: 1 }, explained: true } as const

test('an exchange is told of once, when it has ended; the first of its connection is the first that came', () => {
  const { put, hear } = growing()
  put({ ...running, id: 1 }, exchangeOf(2))
  assert.deepEqual(hear([2, 1]), [['2'], []])
  assert.deepEqual(hear([1, 2]), [[], []])
  put(exchangeOf(1))
  assert.deepEqual(hear([1]), [['1 first'], []])
  assert.deepEqual(hear([1, 2, 99]), [[], []])
})

test('a WebSocket ends with its connection, and so does what was left running', () => {
  const { put, join, hear } = growing()
  put(exchangeOf(1, { upgraded: 'websocket' }), { ...running, id: 2 })
  join(connectionOf(1))
  assert.deepEqual(hear([1, 2], [1]), [[], []])
  join(connectionOf(1, closed))
  assert.deepEqual(hear([], [1]), [['1 first', '2'], [[1, 1, 2]]])
  assert.deepEqual(hear([], [1]), [[], []])
})

test('a connection is told of when all is known of it; at the end everything is', () => {
  const { put, join, hear } = growing()
  put({ ...running, id: 1 }, { ...exchangeOf(2), connection: 2 })
  join(connectionOf(1))
  join(connectionOf(2, { closed: { at: 1 } }))
  assert.deepEqual(hear([1, 2], [1, 2]), [['2 first'], []])
  assert.deepEqual(hear([], [], true), [
    ['1 first'],
    [
      [1, 1],
      [2, 2],
    ],
  ])
  assert.deepEqual(hear([], [], true), [[], []])
})
