import assert from 'node:assert/strict'
import { copyFileSync, readdirSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { test } from 'node:test'
import { openCapture } from '../../src/store/capture.ts'
import { openDatabase } from '../../src/store/open-database.ts'
import { schemaVersion } from '../../src/store/schema.ts'
import { openCaptureWriter } from '../../src/store/writer.ts'
import { exchangeOf, inFolder } from './samples.ts'

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
