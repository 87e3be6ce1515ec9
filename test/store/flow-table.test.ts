import assert from 'node:assert/strict'
import { DatabaseSync } from 'node:sqlite'
import { test } from 'node:test'
import fc from 'fast-check'
import { connectionFlow, exchangeFlow } from '../../src/filter/flow.ts'
import { flowTable } from '../../src/store/flow-table.ts'
import { flowQueries } from '../../src/store/queries.ts'
import { migrate } from '../../src/store/schema.ts'
import { anyExchange, connectionOf, exchangeOf } from './samples.ts'

test('a row reads back as the flow that was written', () => {
  fc.assert(
    fc.property(anyExchange, exchange => {
      const database = new DatabaseSync(':memory:')
      migrate(database, 0)
      const flow = exchangeFlow(exchange)
      flowTable(database).insert(flow)
      assert.deepEqual(flowQueries(database).flows({ limit: 1 }), [flow])
      database.close()
    }),
  )
})

test('an update says whether there was a row', () => {
  const database = new DatabaseSync(':memory:')
  migrate(database, 0)
  const table = flowTable(database)
  assert.equal(table.update(exchangeFlow(exchangeOf(1))), false)
  assert.equal(table.insert(exchangeFlow(exchangeOf(1))), true)
  assert.equal(table.update(exchangeFlow(exchangeOf(1, { status: 418 }))), true)
  assert.equal(flowQueries(database).flows({ limit: 1 })[0]?.status, 418)
})

test('a number is one flow’s: no other is written over it', () => {
  const database = new DatabaseSync(':memory:')
  migrate(database, 0)
  const table = flowTable(database)
  const flow = connectionFlow(connectionOf(7), 1)
  table.insert(flow)
  assert.equal(table.update(exchangeFlow(exchangeOf(1))), false)
  assert.equal(table.insert(exchangeFlow(exchangeOf(1))), false)
  assert.deepEqual(flowQueries(database).flows({ limit: 9 }), [flow])
})
