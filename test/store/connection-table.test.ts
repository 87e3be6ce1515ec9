import assert from 'node:assert/strict'
import { DatabaseSync } from 'node:sqlite'
import { test } from 'node:test'
import { connectionTable } from '../../src/store/connection-table.ts'
import { migrate } from '../../src/store/schema.ts'
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
