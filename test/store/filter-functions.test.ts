import assert from 'node:assert/strict'
import { DatabaseSync } from 'node:sqlite'
import { test } from 'node:test'
import { encodeExchange } from '../../src/store/exchange-codec.ts'
import { addFilterFunctions } from '../../src/store/filter-functions.ts'
import { migrate } from '../../src/store/schema.ts'
import { exchangeOf } from './samples.ts'

const database = new DatabaseSync(':memory:')
migrate(database, 0)
database.prepare('INSERT INTO messages VALUES (1, ?, NULL, ?)').run(encodeExchange(exchangeOf(1)), Buffer.from('{"A":'))
database.prepare('INSERT INTO bodies VALUES (1, 1, 1, 5, ?)').run(Buffer.from('"b"}'))
addFilterFunctions(database)
const ask = (sql: string) => database.prepare(`SELECT ${sql} AS answer`).get()?.answer

test('regexp of NULL is NULL, and letter case does not count', () => {
  assert.equal(ask("regexp('a', NULL)"), null)
  assert.equal(ask("regexp('^A+$', 'aaa')"), 1)
  assert.equal(ask("regexp('b', 'aaa')"), 0)
})

test('a header is asked as one line', () => {
  assert.equal(ask("header_matches('^content-type: .*json', 1, 1)"), 1)
  assert.equal(ask("header_matches('^content-type: .*json', 0, 1)"), 0)
  assert.equal(ask("header_matches('.', 0, 99)"), 0)
})

test('a body is asked across the parts it is kept in', () => {
  assert.equal(ask(`body_matches('"a":"b"', 1, 1)`), 1)
  assert.equal(ask("body_matches('', 0, 1)"), 0)
})

test('a body is asked as it reads once its codings are undone', () => {
  const other = new DatabaseSync(':memory:')
  migrate(other, 0)
  other.prepare('INSERT INTO messages VALUES (1, ?, NULL, ?)').run(encodeExchange(exchangeOf(1)), Buffer.from('coded'))
  addFilterFunctions(other, undefined, (bytes, headers) => Buffer.from(`${headers[0]![0]} undone ${bytes.length}`))
  assert.equal(other.prepare("SELECT body_matches('^content-type undone 5$', 1, 1) AS answer").get()?.answer, 1)
})
