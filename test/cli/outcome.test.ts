import assert from 'node:assert/strict'
import { test } from 'node:test'
import { outcomeOf, withReason } from '../../src/cli/outcome.ts'
import { makeConnection, openedAt } from '../compare/make.ts'
import { makeExchange } from '../view/recorded.ts'

const connection = makeConnection()
const parser = { text: 'Duplicate Content-Length', calledOff: false }
const limit = { text: 'the limit ran out', calledOff: true }
const aborted = { at: openedAt, by: 'server', why: 'the server reset the connection' } as const

test('a whole response counts, whatever the client says that sent the request', () => {
  assert.deepEqual(outcomeOf(makeExchange(), parser), { answered: true })
})

test('a response that came in part is no answer, and says why', () => {
  const { endedAt: _, ...response } = makeExchange().response!
  const part = makeExchange({ response, aborted })
  const reason = 'only a part of the response came: the server reset the connection'
  assert.deepEqual(outcomeOf(part, parser), { answered: false, reason })
  assert.match(outcomeOf(part, limit).reason ?? '', /^only a part .*: the limit ran out$/)
})

test('no response says what is wrong with the bytes before how it ended', () => {
  const { response: _, ...none } = makeExchange({ aborted })
  assert.equal(outcomeOf(none).reason, 'no response: the server reset the connection')
  const problems = [{ code: 'http1/not-http', blame: 'server', message: 'not HTTP' }] as const
  assert.equal(outcomeOf({ ...none, problems }, parser).reason, 'no response: not HTTP')
})

test('where nothing was recorded the client’s word counts', () => {
  assert.deepEqual(outcomeOf(undefined, parser).reason, 'no response: Duplicate Content-Length')
  assert.deepEqual(outcomeOf(undefined), { answered: true })
})

test('the page that Parley answers with is no answer; a 502 of the server is one', () => {
  const response = makeExchange().response!
  const page = makeExchange({ response: { ...response, head: { ...response.head, status: 502 } } })
  const ours = { ...aborted, how: 'connection-failed' } as const
  assert.deepEqual(outcomeOf({ ...page, aborted: ours }), { answered: false })
  assert.deepEqual(outcomeOf(page), { answered: true })
})

test('an upgrade is an answer', () => {
  const { response: _, ...upgraded } = makeExchange({ upgraded: 'websocket' })
  assert.deepEqual(outcomeOf(upgraded), { answered: true })
})

test('a client that left says why, and nothing about browsers', () => {
  const problems = [
    { code: 'tls/closed-by-client', blame: 'client', message: 'the client closed' },
    { code: 'tcp/refused', blame: 'server', message: 'refused' },
  ] as const
  const [left, other] = withReason({ ...connection, problems }, limit.text).problems
  assert.equal(left?.message, 'the client closed, because the limit ran out')
  assert.doesNotMatch(left?.remedy ?? 'Browsers', /Browsers/)
  assert.equal(other, problems[1])
})
