import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type ReplayHow, replayFlow } from '../../../src/cli/replay/replay-flow.ts'
import { problemOf } from '../../../src/problem/problem.ts'
import type { Answered, Ask } from '../../../src/proxy/own/whole-answer.ts'
import type { Capture } from '../../../src/store/capture.ts'
import { answer, capture, exchange } from './one-exchange.ts'

function how(answers: readonly (Answered | undefined)[], also: Partial<ReplayHow> = {}) {
  const asks: Ask[] = []
  const made: ReplayHow = {
    send: async ask => answers[asks.push(ask) - 1],
    ...{ times: answers.length, atOnce: 2, timeout: 77, ignored: new Set(), signal: new AbortController().signal },
    change: request => request,
    ...also,
  }
  return { asks, made }
}

test('each answer is compared with the recorded one', async () => {
  const { asks, made } = how([answer('abc'), answer('abX'), answer('', { problem: problemOf('own/timeout') })])
  const replayed = await replayFlow(capture, 7, made)
  assert.ok(typeof replayed === 'object')
  assert.deepEqual(
    replayed.repetitions.map(({ differences }) => differences.map(({ what }) => what)),
    [[], ['body'], ['answer']],
  )
  assert.deepEqual([replayed.recorded, asks.length, asks[0]!.timeout, asks[0]!.origin], [200, 3, 77, 7])
})

test('what is changed before is sent so', async () => {
  const server = { scheme: 'http', host: 'else', port: 1 } as const
  const { asks, made } = how([answer('abc')], { change: request => ({ ...request, server }) })
  await replayFlow(capture, 7, made)
  assert.equal(asks[0]!.server, server)
})

test('where nothing was recorded, an answer differs and none does not', async () => {
  const { response: _, ...unanswered } = exchange
  const silent = { ...capture, exchange: () => unanswered } as unknown as Capture
  const problem = problemOf('tcp/refused')
  const { made } = how([answer('abc'), { body: new Uint8Array(0), bodyBytes: 0, digest: '', endedAfter: 1, problem }])
  const replayed = await replayFlow(silent, 7, made)
  assert.ok(typeof replayed === 'object')
  assert.deepEqual(
    replayed.repetitions.map(({ differences }) => differences.length),
    [1, 0],
  )
})

test('what was called off is not told, and what cannot be sent is a sentence', async () => {
  const { made } = how([answer('', { problem: problemOf('own/called-off') })], { signal: AbortSignal.abort() })
  assert.equal(await replayFlow(capture, 7, made), undefined)
  const gone = { ...capture, exchange: () => undefined } as unknown as Capture
  assert.match(String(await replayFlow(gone, 7, made)), /no request/)
})
