import assert from 'node:assert/strict'
import { test } from 'node:test'
import { BodyAllowance } from '../../../src/export/html/body-allowance.ts'
import type { BodyJson } from '../../../src/view/json/body-json.ts'
import { type ExchangeJson, exchangeJson } from '../../../src/view/json/exchange-json.ts'
import { exchangeOf } from '../../store/samples.ts'

const without = exchangeJson({ exchange: exchangeOf(1), bodies: {} }, 0)
const having = (body: BodyJson): ExchangeJson => ({ ...without, response: { ...without.response!, body } })
const text = (length: number): BodyJson => ({ length, shown: length, whole: true, text: 'x'.repeat(length) })

test('a body that has room stays as it is', () => {
  assert.deepEqual(new BodyAllowance(1).cut(having(text(1000))), having(text(1000)))
})

test('of a long text the beginning stays, and half a character goes', () => {
  const kept = new BodyAllowance(1).cut(having({ ...text(0), text: `${'x'.repeat(32_767)}😀 more`, whole: true }))
  const { text: left, whole, shown } = kept.response!.body!
  assert.deepEqual([left?.length, whole, shown], [32_767, false, 32_767])
})

test('bytes that have no room go altogether', () => {
  const body = { length: 50_000, shown: 50_000, whole: true, base64: 'A'.repeat(66_000) }
  assert.deepEqual(new BodyAllowance(1).cut(having(body)).response!.body, { length: 50_000, shown: 0, whole: false })
})

test('where secrets are redacted, what is no text stays out', () => {
  const body = { length: 3, shown: 3, whole: true, base64: 'AAEC' }
  assert.deepEqual(new BodyAllowance(1, true).cut(having(body)).response!.body, { length: 3, shown: 0, whole: false })
  assert.deepEqual(new BodyAllowance(1, true).cut(having(text(5))), having(text(5)))
})

test('all bodies of a million flows stay within what a browser opens', () => {
  const allowance = new BodyAllowance(1_000_000)
  let sum = 0
  for (let i = 0; i < 5000; i++) sum += allowance.cut(having(text(30_000))).response!.body!.text!.length
  assert.ok(sum > 1_000_000 && sum < 1_300_000, `${sum}`)
})

test('what small ones leave over is for those that follow, and messages have their part', () => {
  const allowance = new BodyAllowance(10_000)
  for (let i = 0; i < 500; i++) allowance.cut(without)
  assert.equal(allowance.cut(having(text(30_000))).response!.body!.whole, true)
  const message = { opcode: 1, name: 'text', frames: 1, compressed: false, complete: true, time: 1, ended: 1 } as const
  const { messages } = allowance.cut({ ...without, messages: [{ ...message, direction: 'C>S', body: text(40_000) }] })
  assert.equal(messages![0]!.body!.whole, false)
})
