import assert from 'node:assert/strict'
import { test } from 'node:test'
import { RedactionLog } from '../../../src/export/redact/redaction.ts'

test('what is read twice counts once, and the most frequent comes first', () => {
  const log = new RedactionLog()
  for (const id of [1, 1, 2]) log.once('head', id)('cookie a', 'request header')
  log.once('body', 1)('JWT', 'body')
  assert.deepEqual(log.counts(), [
    { what: 'cookie a', where: 'request header', count: 2 },
    { what: 'JWT', where: 'body', count: 1 },
  ])
})

test('names from the network do not grow the list without end', () => {
  const log = new RedactionLog()
  const told = log.once('head', 1)
  for (let i = 0; i < 5000; i++) told(`cookie ${i}`, 'x')
  const counts = log.counts()
  assert.ok(counts.length <= 1001)
  assert.equal(
    counts.reduce((sum, { count }) => sum + count, 0),
    5000,
  )
})
