import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { createDatabase } from '../../src/store/open-database.ts'
import { SizeLimit } from '../../src/store/size-limit.ts'
import { StoreError } from '../../src/store/store-error.ts'
import { inFolder } from './samples.ts'

const MB = 1024 * 1024
const full = new StoreError('store/disk-full', 'x', Object.assign(new Error(), { errcode: 13 }))

const limited = (maxBytes: number | undefined, room: number, work: (limit: SizeLimit, pages: () => number) => void) =>
  inFolder(folder => {
    const database = createDatabase(join(folder, 'a.parley'))
    const pages = () => database.prepare('PRAGMA max_page_count').get()!.max_page_count as number
    work(new SizeLimit(database, 'a.parley', maxBytes, () => room), pages)
    database.close()
  })

test('bodies are kept up to three quarters of the limit, those in the other file and those under way counted', () =>
  limited(100 * MB, 0, limit => {
    limit.add(74 * MB)
    assert.equal(limit.keepsBodies, true)
    limit.add(MB)
    assert.equal(limit.keepsBodies, false)
    limit.measure(70 * MB)
    assert.equal(limit.keepsBodies, true)
    limit.measure(75 * MB)
    assert.equal(limit.keepsBodies, false)
  }))

test('the database may grow to what the bodies leave', () =>
  limited(100 * MB, 0, (limit, pages) => {
    assert.equal(pages(), (100 * MB) / 16_384)
    limit.measure(60 * MB)
    assert.equal(pages(), (40 * MB) / 16_384)
  }))

test('without a limit there is none', () =>
  limited(undefined, 1e12, (limit, pages) => {
    const before = pages()
    limit.add(1e15)
    limit.measure(1e15)
    assert.deepEqual([limit.keepsBodies, pages()], [true, before])
    assert.equal(limit.named(full), full)
  }))

test('only what SQLite says of a disk with room is the limit', () => {
  const byFile = new StoreError('store/disk-full', 'x', Object.assign(new Error(), { code: 'EDQUOT' }))
  limited(100 * MB, 1e12, limit => {
    assert.equal((limit.named(full) as StoreError).code, 'store/disk-limit')
    assert.equal(limit.named(byFile), byFile)
    assert.equal(limit.hasRoom, true)
  })
  limited(100 * MB, 1000, limit => {
    assert.equal(limit.named(full), full)
    assert.equal(limit.hasRoom, false)
  })
})
