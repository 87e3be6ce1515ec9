import assert from 'node:assert/strict'
import { test } from 'node:test'
import { catalogue } from '../../src/problem/codes.ts'
import { problemOf } from '../../src/problem/problem.ts'

test('a problem has cause, blame and remedy of its row', () => {
  const { cause, blame, remedy } = catalogue['tls/not-tls']
  assert.deepEqual(problemOf('tls/not-tls'), { code: 'tls/not-tls', blame, message: cause, remedy })
})

test('a detail follows the cause, and the leg can put the blame on another', () => {
  const { message, blame } = problemOf('tls/not-tls', { detail: 'client leg', blame: 'client' })
  assert.deepEqual([message, blame], [`${catalogue['tls/not-tls'].cause}: client leg`, 'client'])
})

test('a row without a remedy makes a problem without one', () => {
  assert.equal('remedy' in problemOf('http1/nul', { blame: 'client' }), false)
})

test('where the row blames nobody, whoever sent the bytes is to blame; a gap in the record is Parley’s', () => {
  assert.equal(problemOf('http1/nul', { sender: 'client' }).blame, 'client')
  assert.equal(problemOf('http1/gap', { sender: 'client' }).blame, 'parley')
})

test('leg, detail and evidence follow the cause in this order', () => {
  const { message } = problemOf('tls/not-tls', { leg: 'client', detail: 'a greeting', evidence: '220' })
  assert.equal(message, `${catalogue['tls/not-tls'].cause} (client leg): a greeting; evidence: 220`)
})
