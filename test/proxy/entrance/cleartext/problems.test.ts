import assert from 'node:assert/strict'
import { test } from 'node:test'
import { plainProblem, wrongTarget } from '../../../../src/proxy/entrance/cleartext/problems.ts'

test('what a target lacks is told, and what to do', () => {
  for (const [url, message, remedy] of [
    ['/', /names no server/, /whole URL/],
    ['http://a:99999/', /names no server/, /whole URL/],
    ['https://a/', /an? https URL in clear/, /CONNECT/],
    ['WSS://a/', /wss URL in clear/, /CONNECT/],
    ['ftp://a/', /ftp URL in clear/, /http:\/\/HOST/],
  ] as const) {
    const { problem } = wrongTarget(url)
    assert.deepEqual([problem.code, problem.blame], ['proxy/bad-request', 'client'])
    assert.match(problem.message, message)
    assert.match(problem.remedy!, remedy)
  }
})

test('an error that is a problem stays what it is; any other is the server’s silence, or its odd answer', () => {
  const wrong = wrongTarget('/')
  assert.equal(plainProblem(wrong), wrong.problem)
  for (const [error, message] of [
    [undefined, 'the server did not answer: unknown'],
    [new Error('gone'), 'the server did not answer: gone'],
    [Object.assign(new Error('gone'), { code: 'ECONNRESET' }), 'the server did not answer: gone (ECONNRESET)'],
    [
      Object.assign(new Error('Parse Error'), { code: 'HPE_INVALID_CONSTANT' }),
      "the server's answer is no HTTP that can be passed on: Parse Error (HPE_INVALID_CONSTANT)",
    ],
  ] as const)
    assert.deepEqual(plainProblem(error), { code: 'http/upstream-failed', blame: 'server', message })
})
