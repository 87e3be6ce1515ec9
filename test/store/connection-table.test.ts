import assert from 'node:assert/strict'
import { DatabaseSync } from 'node:sqlite'
import { test } from 'node:test'
import { parseFilter } from '../../src/filter/parser.ts'
import { connectionTable, readConnection, selectConnections } from '../../src/store/connection-table.ts'
import { migrate } from '../../src/store/schema.ts'
import { toSql } from '../../src/store/to-sql.ts'
import { connectionOf } from './samples.ts'

test('what filters ask stands in columns, and an update keeps the facts', () => {
  const database = new DatabaseSync(':memory:')
  migrate(database, 0)
  const table = connectionTable(database)
  const agreed = { version: 'TLSv1.2', cipherSuite: 'X', alpn: 'h2', resumed: true }
  table.insert(connectionOf(1, { client: { agreed, remote: { address: '::1', port: 7 } } }))
  table.facts(1, { clientJa4: 't13', differs: true })
  const problem = { code: 'a/b', blame: 'server', message: 'gone' } as const
  assert.equal(table.update(connectionOf(1, { client: { agreed }, serverName: 'a\0b', problems: [problem] })), true)
  assert.equal(table.update(connectionOf(2)), false)
  const row = database.prepare('SELECT * FROM connections').get()!
  assert.deepEqual(
    [row.client_version, row.client_alpn, row.client_ja4, row.differs, row.failed, row.problem, row.server_name],
    ['TLSv1.2', 'h2', 't13', 1, 1, 'gone', 'a\ufffdb'],
  )
  assert.deepEqual([row.client_address, row.upstream_version], [null, null])
})

test('a process is told after its connection, and no update takes it away', () => {
  const database = new DatabaseSync(':memory:')
  migrate(database, 0)
  const table = connectionTable(database)
  const process = { pid: 7, name: 'curl', command: 'curl a.example' }
  for (const id of [1, 2]) table.insert(connectionOf(id))
  table.process(1, process)
  table.update(connectionOf(1, { serverName: 'a.example' }))
  assert.deepEqual(database.prepare(`${selectConnections} ORDER BY c.id`).all().map(readConnection), [
    { ...connectionOf(1, { serverName: 'a.example' }), process },
    connectionOf(2),
  ])
})

test('the connections of a process are found by an index', () => {
  const database = new DatabaseSync(':memory:')
  migrate(database, 0)
  const { sql, values } = toSql(parseFilter('~process curl'))
  const plan = database.prepare(`EXPLAIN QUERY PLAN SELECT id FROM flows f WHERE ${sql}`).all(...values)
  assert.match(
    plan.map(({ detail }) => detail).join('\n'),
    /SEARCH connections USING COVERING INDEX connections_by_process/,
  )
})
