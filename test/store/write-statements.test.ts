import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { createDatabase } from '../../src/store/open-database.ts'
import { writeStatements } from '../../src/store/write-statements.ts'
import { inFolder } from './samples.ts'

test('every statement fits the schema, and a part that is left out of a message stays as it was', () =>
  inFolder(folder => {
    const database = createDatabase(join(folder, 'a.parley'))
    const statements = writeStatements(database)
    statements.begin.run()
    statements.insertMessage.run(1, '{}', Buffer.from('asked'), null)
    statements.updateMessage.run('{"a":1}', null, Buffer.from('answered'), 1)
    statements.commit.run()
    const row = database.prepare('SELECT exchange, request_body, response_body FROM messages').get()!
    assert.deepEqual(
      [
        row.exchange,
        String(Buffer.from(row.request_body as Uint8Array)),
        Buffer.from(row.response_body as Uint8Array).toString(),
      ],
      ['{"a":1}', 'asked', 'answered'],
    )
    database.close()
  }))
