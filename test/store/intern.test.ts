import assert from 'node:assert/strict'
import { DatabaseSync } from 'node:sqlite'
import { test } from 'node:test'
import { Interner, originInterner, processInterner } from '../../src/store/intern.ts'
import { migrate } from '../../src/store/schema.ts'

test('a value has one number, also after it was forgotten', () => {
  const rows: number[] = []
  const numbers = new Interner<number>(
    String,
    value => (rows.indexOf(value) < 0 ? undefined : rows.indexOf(value)),
    value => rows.push(value) - 1,
  )
  for (let value = 0; value < 25_000; value++) assert.equal(numbers.idOf(value), value)
  assert.equal(numbers.idOf(3), 3)
  assert.equal(rows.length, 25_000)
})

test('origins that differ in scheme, host or port alone are apart', () => {
  const database = new DatabaseSync(':memory:')
  migrate(database, 0)
  const origins = [
    { scheme: 'https', host: 'a' },
    { scheme: 'http', host: 'a' },
    { scheme: 'https', host: 'a', port: 1 },
    { scheme: 'https', host: 'a:1' },
  ]
  const first = originInterner(database)
  assert.deepEqual(
    origins.map(origin => first.idOf(origin)),
    [1, 2, 3, 4],
  )
  const second = originInterner(database)
  assert.deepEqual(
    origins.map(origin => second.idOf(origin)),
    [1, 2, 3, 4],
  )
})

test('a process stands once, and what a terminal or SQL would trip over is not kept', () => {
  const database = new DatabaseSync(':memory:')
  migrate(database, 0)
  const processes = processInterner(database)
  const curl = { pid: 7, name: 'curl', command: 'curl a\nb' }
  assert.deepEqual(
    [curl, { ...curl }, { ...curl, pid: 8 }].map(process => processes.idOf(process)),
    [1, 1, 2],
  )
  const rows = database.prepare('SELECT pid, name, command FROM processes').all()
  assert.deepEqual(
    rows.map(row => [row.pid, row.name, row.command]),
    [
      [7, 'curl', 'curl a\ufffdb'],
      [8, 'curl', 'curl a\ufffdb'],
    ],
  )
})
