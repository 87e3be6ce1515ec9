import assert from 'node:assert/strict'
import { test } from 'node:test'
import { problemOf } from '../../src/problem/problem.ts'
import { ProblemError } from '../../src/problem/problem-error.ts'

test('an error says what its problem says, and keeps it', () => {
  const problem = problemOf('own/bad-request', { detail: 'no' })
  const error = new ProblemError(problem)
  assert.equal(error.message, 'the request cannot be written as HTTP: no')
  assert.equal(error.problem, problem)
})
