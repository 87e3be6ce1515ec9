import assert from 'node:assert/strict'
import { test } from 'node:test'
import { answerProblem, leftProblem, targetProblem } from '../../src/problem/from-request.ts'

const coded = (message: string, code: string): NodeJS.ErrnoException => Object.assign(new Error(message), { code })

test('what a target lacks is told, and what to do', () => {
  for (const [scheme, message, remedy] of [
    [undefined, /neither its target nor its Host field/, /whole URL/],
    ['http', /neither its target nor its Host field/, /whole URL/],
    ['https', /an? https URL in clear/, /CONNECT/],
    ['wss', /wss URL in clear/, /CONNECT/],
    ['ftp', /ftp URL in clear/, /http:\/\/HOST/],
  ] as const) {
    const problem = targetProblem(scheme)
    assert.deepEqual([problem.code, problem.blame], ['proxy/bad-request', 'client'])
    assert.match(problem.message, message)
    assert.match(problem.remedy!, remedy)
  }
})

test('an error in place of an answer is the server’s silence, or its odd answer', () => {
  const cause = 'the request could not be sent to the server'
  for (const [error, message] of [
    [undefined, `${cause}: it did not answer: unknown`],
    [new Error('gone'), `${cause}: it did not answer: gone`],
    [coded('gone', 'ECONNRESET'), `${cause}: it did not answer: gone (ECONNRESET)`],
    [
      coded('Parse Error', 'HPE_INVALID_CONSTANT'),
      `${cause}: its answer is not HTTP: Parse Error (HPE_INVALID_CONSTANT)`,
    ],
  ] as const) {
    const problem = answerProblem(error)
    assert.deepEqual([problem.code, problem.blame, problem.message], ['http/upstream-failed', 'server', message])
  }
})

test('an origin that left is told with how, and with whether it had begun; who knows better says it', () => {
  const cause = 'the request could not be sent to the server: it'
  assert.equal(leftProblem(false).message, `${cause} closed the connection`)
  const reset = leftProblem(true, coded('gone', 'ECONNRESET'))
  assert.equal(reset.message, `${cause} reset the connection (ECONNRESET) in the middle of its answer`)
  assert.equal(leftProblem(true, Object.assign(new Error('x'), { problem: reset })), reset)
})
