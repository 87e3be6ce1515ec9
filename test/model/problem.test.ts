import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Problem, withProblem } from '../../src/model/problem.ts'

const problem = (message: string): Problem => ({ code: 'tcp/refused', blame: 'server', message })

test('each problem is told once', () => {
  const one = withProblem([], problem('a'))
  assert.equal(withProblem(one, problem('a')), one)
  assert.deepEqual(withProblem(one, problem('b')), [problem('a'), problem('b')])
})

test('there are no more than a hundred', () => {
  let problems: readonly Problem[] = []
  for (let n = 0; n < 1000; n++) problems = withProblem(problems, problem(String(n)))
  assert.equal(problems.length, 100)
})
