import assert from 'node:assert/strict'
import { test } from 'node:test'
import { recordedAnswer } from '../../../src/cli/replay/recorded-answer.ts'
import type { Exchange } from '../../../src/model/exchange.ts'
import type { Capture } from '../../../src/store/capture.ts'
import { exchangeOf } from '../../store/samples.ts'

const kept = (exchange: Exchange) =>
  ({ exchange: () => exchange, body: (_: number, side: string) => Buffer.from(side) }) as unknown as Capture
const bodyOf = (exchange: Exchange) => Buffer.from(recordedAnswer(kept(exchange), 1)?.body ?? '').toString()

test('the answer is the server’s, where the client got another', () => {
  const { request, informational, response } = exchangeOf(1)
  const own = { ...response!, head: { ...response!.head, status: 500 } }
  assert.equal(recordedAnswer(kept(exchangeOf(1)), 1)?.head.status, 200)
  const changed = exchangeOf(1, { server: { request, informational, response: own } })
  assert.equal(recordedAnswer(kept(changed), 1)?.head.status, 500)
  assert.equal(bodyOf(changed), 'server-response')
  const onlyHead = exchangeOf(1, { server: { request, informational, response: { ...own, sameBody: true } } })
  assert.equal(bodyOf(onlyHead), 'response')
})

test('without an answer there is none', () => {
  const { response: _, ...rest } = exchangeOf(1)
  assert.equal(recordedAnswer(kept(rest), 1), undefined)
})
