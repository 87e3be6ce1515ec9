import assert from 'node:assert/strict'
import { test } from 'node:test'
import { recordedDifferences } from '../../../src/cli/compare/answers.ts'
import type { Exchange } from '../../../src/model/exchange.ts'
import type { Capture } from '../../../src/store/capture.ts'
import { exchangeOf } from '../../store/samples.ts'

const side = (exchange: Exchange, body = 'hello') => ({
  capture: { exchange: () => exchange, body: () => Buffer.from(body) } as unknown as Capture,
  id: exchange.id,
})
const none = { names: new Set<string>(), strict: false }
const whats = (left: ReturnType<typeof side>, right: ReturnType<typeof side>, ignored = none) =>
  recordedDifferences(left, right, ignored).map(({ what, was, is }) => [what, was, is])
const { response: _, ...unanswered } = exchangeOf(3)
const aborted = { at: 1, by: 'server', why: 'reset' } as const

test('the same answer to another request number is the same', () => {
  assert.deepEqual(whats(side(exchangeOf(1)), side(exchangeOf(2))), [])
})

test('status, body and the end are told apart', () => {
  assert.deepEqual(whats(side(exchangeOf(1)), side(exchangeOf(1, { status: 500, aborted }))), [
    ['status', '200', '500'],
    ['end', 'whole', 'reset'],
  ])
  assert.deepEqual(
    whats(side(exchangeOf(1)), side(exchangeOf(1), 'hallo')).map(([what]) => what),
    ['body'],
  )
})

test('an answer that never came is told with what kept it', () => {
  const problem = { code: 'tcp/refused', blame: 'server', message: 'refused' } as const
  assert.deepEqual(whats(side(exchangeOf(1)), side({ ...unanswered, aborted, problems: [problem] })), [
    ['answer', '200', undefined],
    ['end', 'whole', 'tcp/refused'],
  ])
  const cancelled = { ...aborted, how: 'cancelled' } as const
  assert.deepEqual(whats(side({ ...unanswered, aborted: cancelled }), side(unanswered)), [
    ['end', 'cancelled', 'running'],
  ])
  assert.deepEqual(whats(side(unanswered), side(exchangeOf(1)), { ...none, names: new Set(['answer', 'end']) }), [])
})
