import assert from 'node:assert/strict'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { test } from 'node:test'
import { openCapture } from '../../src/store/capture.ts'
import { applicationId, migrations } from '../../src/store/schema.ts'
import { connectionOf, inFolder } from './samples.ts'

const rowsBefore = 4 // versions that had wire, record_headers and keys

/** A capture as Parley wrote it then; `sql` adds to it. */
function older(path: string, sql: string): void {
  const database = new DatabaseSync(path)
  for (const script of migrations.slice(0, rowsBefore)) database.exec(script)
  database.exec(`PRAGMA application_id = ${applicationId}; PRAGMA user_version = ${rowsBefore};
    INSERT INTO capture VALUES (1, 0, 0, 2)`)
  const insert = database.prepare('INSERT INTO connections(id, opened_at, failed, state) VALUES (?, 0, 0, ?)')
  for (const id of [4, 5]) insert.run(id, JSON.stringify(connectionOf(id)))
  database.exec(sql)
  database.close()
}

/** Times 9.5 and 10, offsets 700 and 805; half a third one. */
const headers = '4023000000000000 0000000002bc 17 0303 0064 4024000000000000 000000000325 17 0303 0064 4024'

test('a capture of the rows before has the same legs', () =>
  inFolder(folder => {
    const path = join(folder, 'a.parley')
    older(
      path,
      `INSERT INTO wire(connection, leg, direction, offset, at, bytes) VALUES (4, 0, 0, 1, 1.5, x'02'),
        (4, 0, 0, 0, 0.5, x'01'), (4, 1, 1, 0, 2, x'0304'), (5, 0, 0, 0, 1, x'05');
      INSERT INTO record_headers(connection, leg, direction, packed)
        VALUES (4, 0, 1, x'${headers.replaceAll(' ', '')}');
      INSERT INTO keys(connection, leg, line) VALUES (4, 0, 'CLIENT_RANDOM 00 11'), (4, 0, 'EXPORTER_SECRET 00 22')`,
    )
    const capture = openCapture(path)
    const header = (at: number, offset: number) => ({ at, offset, type: 23, version: 0x303, length: 100 })
    const { chunks, headers: kept, keyLog } = capture.legCapture(4, 'client')!
    assert.deepEqual(
      chunks['to-server'].map(({ at, offset, bytes }) => [at, offset, ...bytes]),
      [
        [0.5, 0, 1],
        [1.5, 1, 2],
      ],
    )
    assert.deepEqual(kept, { 'to-server': [], 'to-client': [header(9.5, 700), header(10, 805)] })
    assert.deepEqual(keyLog, ['CLIENT_RANDOM 00 11', 'EXPORTER_SECRET 00 22'])
    assert.deepEqual([...capture.legCapture(4, 'upstream')!.chunks['to-client'][0]!.bytes], [3, 4])
    assert.equal(capture.legCapture(5, 'client')?.chunks['to-server'].length, 1)
    capture.close()
  }))

test('a row that Parley never wrote makes its own connection unreadable, no other', () => {
  const rows = [
    "wire(connection, leg, direction, offset, at, bytes) VALUES (5, 2, 0, 0, 1, x'01')",
    "wire(connection, leg, direction, offset, at, bytes) VALUES (5, 0, -1, 0, 1, x'01')",
    "wire(connection, leg, direction, offset, at, bytes) VALUES (5, 0, 0, -7, 1, x'01')",
    "wire(connection, leg, direction, offset, at, bytes) VALUES (5, 0, 0, 9223372036854775807, 1, x'01')",
    "wire(connection, leg, direction, offset, at, bytes) VALUES (5, 0, 0, 0, 9e999, x'01')",
    `record_headers(connection, leg, direction, packed) VALUES (5, 9223372036854775807, 0, x'${'00'.repeat(19)}')`,
    `record_headers(connection, leg, direction, packed) VALUES (5, 0, 0, x'${'ff'.repeat(19)}')`,
    "keys(connection, leg, line) VALUES (5, 7, 'x')",
  ]
  for (const row of rows)
    inFolder(folder => {
      const path = join(folder, 'a.parley')
      older(path, `INSERT INTO ${row}; INSERT INTO keys(connection, leg, line) VALUES (4, 1, 'LABEL 00 11')`)
      const capture = openCapture(path)
      assert.throws(() => capture.legCapture(5, 'client'), { code: 'store/damaged' }, row)
      assert.deepEqual(capture.legCapture(4, 'upstream')?.keyLog, ['LABEL 00 11'])
      capture.close()
    })
})
