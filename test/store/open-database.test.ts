import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { copyFileSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { test } from 'node:test'
import { openCapture } from '../../src/store/capture.ts'
import { writeNote } from '../../src/store/notes.ts'
import { openDatabase } from '../../src/store/open-database.ts'
import { applicationId, migrations, schemaVersion } from '../../src/store/schema.ts'
import { openCaptureWriter } from '../../src/store/writer.ts'
import { connectionOf, exchangeOf, inFolder } from './samples.ts'

test('a file that is no capture is refused by name', () =>
  inFolder(folder => {
    const text = join(folder, 'notes.txt')
    writeFileSync(
      text,
      'a text that is longer than the header of a SQLite file, which has one hundred bytes '.repeat(3),
    )
    const foreign = join(folder, 'places.sqlite')
    const database = new DatabaseSync(foreign)
    database.exec('CREATE TABLE moz_places (id INTEGER)')
    database.close()
    const empty = join(folder, 'empty')
    writeFileSync(empty, '')
    for (const path of [text, foreign, empty]) {
      assert.throws(() => openCapture(path), {
        code: 'store/not-a-capture',
        message: `that is not a Parley capture: ${path}`,
      })
    }
  }))

test('a capture of a newer Parley is refused with both versions', () =>
  inFolder(folder => {
    const path = join(folder, 'a.parley')
    openCaptureWriter(path).close()
    const database = new DatabaseSync(path)
    database.exec(`PRAGMA user_version = ${schemaVersion + 41}`)
    database.close()
    assert.throws(() => openCapture(path), {
      code: 'store/newer',
      message: new RegExp(
        `newer Parley wrote the capture: .* has format ${schemaVersion + 41}, this one reads up to ${schemaVersion}`,
      ),
    })
  }))

test('a missing file is missing, and is not made', () =>
  inFolder(folder => {
    const path = join(folder, 'none.parley')
    assert.throws(() => openCapture(path), { code: 'store/missing' })
    assert.throws(() => openCapture(path, { readonly: false }), { code: 'store/missing' })
  }))

test('a capture that was cut short is damaged, not another exception', () =>
  inFolder(folder => {
    const path = join(folder, 'a.parley')
    const writer = openCaptureWriter(path)
    for (let id = 1; id <= 300; id++) writer.exchange(exchangeOf(id), new Uint8Array(2000))
    writer.close()
    const cut = join(folder, 'cut.parley')
    copyFileSync(path, cut)
    truncateSync(cut, 300_000)
    assert.throws(
      () => {
        const capture = openCapture(cut)
        for (let id = 1; id <= 300; id++) capture.exchange(id)
      },
      { name: 'StoreError', code: 'store/damaged' },
    )
  }))

test('a reader of a capture that nobody records leaves nothing beside it, and cannot write', () => {
  inFolder(folder => {
    const path = join(folder, 'a.parley')
    openCaptureWriter(path).close()
    const database = openDatabase(path, true)
    database.prepare('SELECT count(*) FROM flows').get()
    assert.throws(() => database.exec('DELETE FROM flows'))
    database.close()
    assert.deepEqual(readdirSync(folder), ['a.parley'])
  })
})

const digest = (path: string): string => createHash('sha256').update(readFileSync(path)).digest('hex')

/** A capture as the first Parley made them, with one connection. */
function olderCapture(path: string): void {
  const database = new DatabaseSync(path)
  database.exec(`${migrations[0]}; PRAGMA application_id = ${applicationId}; PRAGMA user_version = 1`)
  database.exec('INSERT INTO capture VALUES (1, 1000, 0, 1)')
  const state = JSON.stringify(connectionOf(1))
  database.prepare('INSERT INTO connections(id, opened_at, failed, state) VALUES (1, 1001.25, 0, ?)').run(state)
  database.close()
}

test('an older capture is read and not changed', () =>
  inFolder(folder => {
    const path = join(folder, 'a.parley')
    olderCapture(path)
    const before = digest(path)
    const capture = openCapture(path)
    assert.deepEqual(capture.connection(1), connectionOf(1))
    assert.deepEqual(capture.marked(), [])
    capture.close()
    assert.equal(digest(path), before)
    assert.deepEqual(readdirSync(folder), ['a.parley'])
  }))

test('an older capture is brought up to date by who writes to it', () =>
  inFolder(folder => {
    const path = join(folder, 'a.parley')
    olderCapture(path)
    writeNote(path, 1, { marked: true, comment: 'here' })
    const capture = openCapture(path)
    assert.deepEqual(capture.marked(), [1])
    capture.close()
  }))

test('a rollback journal beside a capture changes nothing in it', () =>
  inFolder(folder => {
    const path = join(folder, 'a.parley')
    openCaptureWriter(path).close()
    writeFileSync(`${path}-journal`, Buffer.alloc(4096, 7))
    const before = digest(path)
    openCapture(path).close()
    assert.equal(digest(path), before)
    assert.ok(readdirSync(folder).includes('a.parley-journal'))
  }))

const foreignObjects = [
  'CREATE VIEW v AS SELECT 1',
  "CREATE TRIGGER t AFTER INSERT ON notes BEGIN SELECT 'x'; END",
  'CREATE TABLE more (id INTEGER PRIMARY KEY) STRICT',
  "DROP TABLE below_tls; CREATE VIEW below_tls AS SELECT 1 AS id, 1 AS connection, x'' AS packed",
  'DROP TABLE events; CREATE TABLE events (id INTEGER PRIMARY KEY, at, level, text)',
  'CREATE INDEX slow ON flows(method || path)',
]
for (const sql of foreignObjects)
  test(`a capture with other tables is refused: ${sql}`, () =>
    inFolder(folder => {
      const path = join(folder, 'a.parley')
      openCaptureWriter(path).close()
      const database = new DatabaseSync(path)
      database.exec(sql)
      database.close()
      assert.throws(() => openCapture(path), { code: 'store/not-a-capture', message: /holds other tables/ })
    }))

test('pipes and devices are refused, also beside a capture', { skip: process.platform === 'win32' }, () =>
  inFolder(folder => {
    const path = join(folder, 'a.parley')
    openCaptureWriter(path).close()
    execFileSync('mkfifo', [join(folder, 'pipe'), `${path}-wal`])
    for (const each of ['/dev/zero', join(folder, 'pipe'), path])
      assert.throws(() => openCapture(each), { code: 'store/not-a-capture', message: /is no regular file/ })
  }),
)

test('a value that no Parley writes is too large to be read', () =>
  inFolder(folder => {
    const path = join(folder, 'a.parley')
    const writer = openCaptureWriter(path)
    writer.exchange(exchangeOf(1), new Uint8Array(5))
    writer.close()
    const database = new DatabaseSync(path)
    database.exec('UPDATE messages SET request_body = zeroblob(100000000)')
    database.close()
    const capture = openCapture(path)
    assert.throws(() => capture.body(1, 'request', 0, 10), { code: 'store/damaged' })
    capture.close()
  }))
