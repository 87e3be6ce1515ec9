import assert from 'node:assert/strict'
import { DatabaseSync } from 'node:sqlite'
import { test } from 'node:test'
import { bodies } from '../../src/store/bodies.ts'
import { encodeExchange } from '../../src/store/exchange-codec.ts'
import { addFilterFunctions, type Decoders } from '../../src/store/filter-functions.ts'
import { migrate } from '../../src/store/schema.ts'
import { messageInserter } from '../../src/store/stream-messages.ts'
import { inflatedMessages } from '../../src/view/frames/websocket-inflate.ts'
import { deflated, message } from '../view/make-messages.ts'
import { exchangeOf } from './samples.ts'

const database = new DatabaseSync(':memory:')
migrate(database, 0)
database.prepare('INSERT INTO messages VALUES (1, ?, NULL, ?)').run(encodeExchange(exchangeOf(1)), Buffer.from('{"A":'))
database.prepare('INSERT INTO bodies VALUES (1, 1, 1, 5, ?)').run(Buffer.from('"b"}'))
addFilterFunctions(database, bodies(database, '/nowhere'))
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

test('what acted on an exchange is asked by name, and where nothing did none matches', () => {
  const acts = [{ by: '~d a => delay 1s', did: 'waited 1 s' }]
  database.prepare('INSERT INTO messages VALUES (2, ?, NULL, NULL)').run(encodeExchange(exchangeOf(2, { acts })))
  assert.deepEqual([ask("rule_matches('DELAY', 2)"), ask("rule_matches('waited', 2)")], [1, 0])
  assert.deepEqual([ask("rule_matches('', 1)"), ask("rule_matches('', 99)")], [0, 0])
})

test('a body is asked across the parts it is kept in', () => {
  assert.equal(ask(`body_matches('"a":"b"', 1, 1)`), 1)
  assert.equal(ask("body_matches('', 0, 1)"), 0)
})

test('a body is asked as it reads once its codings are undone', () => {
  const other = new DatabaseSync(':memory:')
  migrate(other, 0)
  other.prepare('INSERT INTO messages VALUES (1, ?, NULL, ?)').run(encodeExchange(exchangeOf(1)), Buffer.from('coded'))
  const body: Decoders['body'] = (bytes, headers) => Buffer.from(`${headers[0]![0]} undone ${bytes.length}`)
  addFilterFunctions(other, bodies(other, '/nowhere'), { body, messages: inflatedMessages })
  assert.equal(other.prepare("SELECT body_matches('^content-type undone 5$', 1, 1) AS answer").get()?.answer, 1)
})

test('text beyond ASCII is looked for as UTF-8, and binary byte by byte', () => {
  const other = new DatabaseSync(':memory:')
  migrate(other, 0)
  const body = Buffer.concat([Buffer.from('Grüße aus Łódź '), Uint8Array.of(0x89, 0xff)])
  other.prepare('INSERT INTO messages VALUES (1, ?, NULL, ?)').run(encodeExchange(exchangeOf(1)), body)
  addFilterFunctions(other, bodies(other, '/nowhere'))
  const matches = other.prepare('SELECT body_matches(?, 1, 1) AS answer')
  assert.equal(matches.get('GRÜSSE|grüße')?.answer, 1)
  assert.equal(matches.get('łÓDŹ')?.answer, 1)
  assert.equal(matches.get('\\x89\\xff$')?.answer, 1)
  assert.equal(matches.get('Grusse')?.answer, 0)
})

test('the messages of a WebSocket are asked of their own side, inflated from the first on', () => {
  const other = new DatabaseSync(':memory:')
  migrate(other, 0)
  const headers = [['Sec-WebSocket-Extensions', 'permessage-deflate']] as const
  const exchange = exchangeOf(1)
  const response = { ...exchange.response!, head: { ...exchange.response!.head, headers } }
  other.prepare('INSERT INTO messages VALUES (1, ?, NULL, NULL)').run(encodeExchange({ ...exchange, response }))
  const insert = messageInserter(other)
  insert(1, message(0, 'plain question', { direction: 'to-server' }))
  insert(1, message(1, deflated('the long answer'), { compressed: true }))
  insert(1, message(2, deflated('the long answer, again', 'the long answer'), { compressed: true }))
  addFilterFunctions(other, bodies(other, '/nowhere'), { body: bytes => bytes, messages: inflatedMessages })
  const matches = other.prepare('SELECT stream_matches(?, ?, 1) AS answer')
  assert.equal(matches.get('question', 0)?.answer, 1)
  assert.equal(matches.get('question', 1)?.answer, 0)
  assert.equal(matches.get('answer, again$', 1)?.answer, 1)
  assert.equal(matches.get('^$', 1)?.answer, 0)
})
