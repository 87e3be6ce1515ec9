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
