import assert from 'node:assert/strict'
import { test } from 'node:test'
import { liveRulings } from '../../src/rules/live-rulings.ts'
import { requestOf } from './heads.ts'
import { facts, ruled } from './ruled.ts'

const rulings = (text: string) => ruled([text]).rulings

test('without rules nothing is claimed; what is put in counts at once', () => {
  const live = liveRulings()
  let replaced = 0
  const stop = live.onReplaced(() => replaced++)
  assert.equal(live.claims(facts), undefined)
  assert.equal(live.connection(facts), undefined)
  live.replace(rulings('/users => set-method PUT'))
  const claims = live.claims(facts)
  assert.ok(claims)
  assert.ok(claims.request(1, requestOf()))
  live.replace(rulings('/orders => set-method PUT'))
  assert.equal(claims.request(2, requestOf()), undefined)
  assert.ok(claims.request(3, requestOf({ path: '/orders' })))
  live.replace(undefined)
  assert.equal(claims.request(4, requestOf({ path: '/orders' })), undefined)
  claims.over?.(4)
  stop()
  live.replace(undefined)
  assert.equal(replaced, 3)
})
