import assert from 'node:assert/strict'
import { test } from 'node:test'
import { actedOf, isParleysAnswer } from '../../src/model/acted.ts'
import { exchangeOf } from '../store/samples.ts'

const acts = [{ by: 'rule', did: 'answered 418' }]
const failed = { at: 1, by: 'server', why: 'refused', how: 'connection-failed' } as const

test('an answer in the server’s place counts more than a change', () => {
  assert.equal(actedOf(exchangeOf(1)), undefined)
  assert.equal(actedOf(exchangeOf(1, { acts })), 'changed')
  assert.equal(actedOf(exchangeOf(1, { acts, server: 'not-asked' })), 'answered')
})

test('a page that says why it failed is Parley’s, and no act', () => {
  const page = exchangeOf(1, { server: 'not-asked', aborted: failed })
  assert.deepEqual([actedOf(page), isParleysAnswer(page)], [undefined, true])
})

test('nothing was answered where there is no response', () => {
  const { response: _, ...open } = exchangeOf(1, { server: 'not-asked' })
  assert.deepEqual([actedOf(open), isParleysAnswer(open)], [undefined, false])
})
