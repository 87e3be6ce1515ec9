import assert from 'node:assert/strict'
import { DatabaseSync } from 'node:sqlite'
import { test } from 'node:test'
import { applicationId, captureVersion, migrate, schemaVersion } from '../../src/store/schema.ts'

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
