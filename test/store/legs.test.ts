import assert from 'node:assert/strict'
import { DatabaseSync } from 'node:sqlite'
import { test } from 'node:test'
import { legReader } from '../../src/store/legs.ts'
import { migrate } from '../../src/store/schema.ts'
import { connectionOf } from './samples.ts'

test('a leg of which only a key was kept is a capture without bytes, one of which nothing was kept is none', () => {
  const database = new DatabaseSync(':memory:')
  migrate(database, 0)
  const packed = Buffer.concat([Buffer.from([6, 19]), Buffer.from('CLIENT_RANDOM 00 11')])
  database.prepare('INSERT INTO below_tls VALUES (1, 1, ?)').run(packed)
  const read = legReader(database)
  assert.deepEqual(read(connectionOf(1), 'upstream'), {
    chunks: { 'to-server': [], 'to-client': [] },
    headers: { 'to-server': [], 'to-client': [] },
    keyLog: ['CLIENT_RANDOM 00 11'],
    tlsStartsAt: { toServer: 0, toClient: 0 },
  })
  assert.equal(read(connectionOf(1), 'client'), undefined)
})
