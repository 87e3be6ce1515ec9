import assert from 'node:assert/strict'
import { test } from 'node:test'
import { problemOf } from '../../../src/problem/problem.ts'
import { ProblemError } from '../../../src/problem/problem-error.ts'
import type { OwnAnswer, OwnRequest } from '../../../src/proxy/own/own-request.ts'
import { type Ask, wholeAnswer } from '../../../src/proxy/own/whole-answer.ts'

const request = {
  method: 'GET',
  target: '/',
  scheme: 'http',
  authority: 'a',
  path: '/',
  version: 'HTTP/1.1',
  headers: [],
}
const ask: Ask = {
  ...{ server: { scheme: 'http', host: 'a', port: 80 }, head: request, body: new Uint8Array(0), entrance: 'replay' },
  ...{ timeout: 5000, keep: 4 },
}
const nobody = new AbortController().signal

const answering =
  (body: () => AsyncIterable<Uint8Array>) =>
  async (_: OwnRequest): Promise<OwnAnswer> => ({
    ...{ connection: 3, request, informational: [], trailers: () => [['t', '1']] as const, body: body() },
    head: { status: 200, reason: '', version: 'HTTP/1.1', headers: [] },
  })

test('the whole body is counted and told apart; its first bytes come along', async () => {
  const told = await wholeAnswer(
    answering(async function* () {
      yield Buffer.from('abc')
      yield Buffer.from('def')
    }),
    ask,
    nobody,
  )
  assert.deepEqual([String(told.body), told.bodyBytes, told.connection, told.trailers], ['abcd', 6, 3, [['t', '1']]])
  assert.equal(told.digest, 'bef57ec7f53a6d40beb640a780a639c83bc29ac8a9816f1fc6c5c6dcd93c4721')
  assert.ok(told.headAfter! <= told.endedAfter && told.problem === undefined)
})

test('what breaks off says why, with what had come', async () => {
  const problem = problemOf('own/broken-answer', { detail: 'x' })
  const told = await wholeAnswer(
    answering(async function* () {
      yield Buffer.from('ab')
      throw new ProblemError(problem)
    }),
    ask,
    nobody,
  )
  assert.deepEqual([told.problem, told.bodyBytes, told.head?.status], [problem, 2, 200])
  const never = await wholeAnswer(async () => Promise.reject(new Error('a bug')), ask, nobody)
  assert.deepEqual([never.problem?.code, never.head], ['proxy/internal', undefined])
})

test('what takes too long says so; what is called off is not late', async () => {
  const waiting = ({ signal }: OwnRequest): Promise<OwnAnswer> =>
    new Promise((_, reject) => {
      const off = (): void => reject(new ProblemError(problemOf('own/called-off')))
      signal!.addEventListener('abort', off)
    })
  assert.equal((await wholeAnswer(waiting, { ...ask, timeout: 20 }, nobody)).problem?.code, 'own/timeout')
  const stopping = new AbortController()
  setTimeout(() => stopping.abort(), 10)
  assert.equal((await wholeAnswer(waiting, ask, stopping.signal)).problem?.code, 'own/called-off')
})
