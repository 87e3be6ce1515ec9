import assert from 'node:assert/strict'
import { DatabaseSync } from 'node:sqlite'
import { test } from 'node:test'
import { connectionTable, readConnection, selectConnections } from '../../src/store/connection-table.ts'
import { applicationId, captureVersion, migrate, migrations, schemaVersion } from '../../src/store/schema.ts'
import { connectionOf } from './samples.ts'

test('migrations leave the version and the application id', () => {
  const database = new DatabaseSync(':memory:')
  assert.throws(() => captureVersion(database, 'x'), { code: 'store/not-a-capture' })
  migrate(database, 0)
  assert.equal(captureVersion(database, 'x'), schemaVersion)
  assert.equal(Buffer.from(applicationId.toString(16), 'hex').toString(), 'Prly')
})

test('the table that filters scan has its widest column last', () => {
  const database = new DatabaseSync(':memory:')
  migrate(database, 0)
  assert.equal(database.prepare("SELECT name FROM pragma_table_info('flows')").all().at(-1)?.name, 'path')
})

test('a capture of an older version keeps its connections, whose processes nobody knows', () => {
  const database = new DatabaseSync(':memory:')
  for (const script of migrations.slice(0, 2)) database.exec(script)
  const state = JSON.stringify(connectionOf(1))
  database.prepare('INSERT INTO connections(id, opened_at, failed, state) VALUES (1, 0, 0, ?)').run(state)
  migrate(database, 2)
  assert.deepEqual(database.prepare(selectConnections).all().map(readConnection), [connectionOf(1)])
  connectionTable(database).process(1, { pid: 7, name: 'curl', command: '' })
  assert.equal(readConnection(database.prepare(selectConnections).get()!).process?.pid, 7)
})
