import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { AnswerDifference } from '../../../src/cli/replay/answer-differences.ts'
import type { Repetition, ReplayedFlow } from '../../../src/cli/replay/replay-flow.ts'
import { replayJson, replayLines, replaySummary } from '../../../src/cli/replay/replay-report.ts'
import { problemOf } from '../../../src/problem/problem.ts'
import { makeExchange } from '../../view/recorded.ts'

const { head } = makeExchange().request
const once = (status: number, endedAfter: number, ...differences: AnswerDifference[]): Repetition => ({
  answered: {
    ...{ connection: 4, body: new Uint8Array(0), bodyBytes: 7, digest: 'd', headAfter: 1, endedAfter },
    head: { status, reason: '', version: 'HTTP/1.1', headers: [] },
  },
  differences,
})
const flow = (...repetitions: Repetition[]): ReplayedFlow => ({ flow: 3, head, recorded: 200, repetitions })
const url = 'GET https://api.example.com/v1/users?page=2'

test('an answer as recorded is one line', () => {
  assert.deepEqual(replayLines(flow(once(200, 12.3))), [`= #3  ${url}  200  12 ms`])
})

test('what differs stands below, printable and not too long', () => {
  const lines = replayLines(
    flow(
      once(500, 12, { what: 'status', was: '200', is: '500' }, { what: 'header x', is: `\x1b[2J${'y'.repeat(300)}` }),
    ),
  )
  assert.deepEqual(lines.slice(0, 2), [`≠ #3  ${url}  200 → 500  12 ms`, '    status: 200 → 500'])
  assert.ok(lines[2]!.startsWith('    header x: none → ') && lines[2]!.length < 160 && !lines[2]!.includes('\x1b'))
})

test('of many, statuses are counted, times ranked and differences said once', () => {
  const wrong = { what: 'status', was: '200', is: '503' }
  const failed: Repetition = {
    answered: { ...once(200, 5000).answered, problem: problemOf('own/timeout') },
    differences: [{ what: 'answer', was: '200', is: 'late' }],
  }
  assert.deepEqual(replayLines(flow(once(200, 10), once(503, 20, wrong), once(503, 30, wrong), failed)), [
    `≠ #3  ${url}  1 × 200, 2 × 503, 1 × failed  p50 20 ms  p95 30 ms`,
    '    3 of 4 answers differ:',
    '    status: 200 → 503',
    '    answer: 200 → late',
  ])
})

test('as JSON every answer has its status, times and differences', () => {
  const told = replayJson(flow(once(200, 12))) as { same: boolean; answers: object[] }
  assert.equal(told.same, true)
  assert.deepEqual(told.answers, [
    { connection: 4, status: 200, headAfter: 1, endedAfter: 12, bodyBytes: 7, differences: [] },
  ])
})

test('the last line counts', () => {
  assert.equal(replaySummary({ repeated: 2, different: 0, skipped: 0 }), '2 flows repeated, all answered as recorded')
  assert.equal(
    replaySummary({ repeated: 1, different: 1, skipped: 2 }),
    '1 flow repeated, 1 answered otherwise; 2 flows could not be repeated',
  )
  assert.equal(
    replaySummary({ repeated: 0, different: 0, skipped: 1 }),
    'no flow was repeated; 1 flow could not be repeated',
  )
})
