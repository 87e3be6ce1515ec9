import assert from 'node:assert/strict'
import { test } from 'node:test'
import { actedSign, actsOn, actTexts } from '../../src/view/acts.ts'
import { makeExchange } from './recorded.ts'

const acts = [
  { by: 'a', did: 'waited', side: 'request' },
  { by: 'b', did: '', side: 'response' },
  { by: 'c\n', did: 'blocked' },
] as const

test('an act is a printable sentence', () => {
  assert.deepEqual(actTexts(acts), ['acted on by a: waited', 'acted on by b', 'acted on by c\\n: blocked'])
})

test('what was done to the whole is of both messages', () => {
  const exchange = makeExchange({ acts })
  const by = (side: 'request' | 'response') => actsOn(exchange, side).map(act => act.by[0])
  assert.deepEqual(
    [by('request'), by('response')],
    [
      ['a', 'c'],
      ['b', 'c'],
    ],
  )
  assert.deepEqual(actsOn(makeExchange(), 'request'), [])
  assert.equal(actsOn(makeExchange({ acts, server: 'not-asked' }), 'response').length, 3)
})

test('a flow that nobody acted on has no sign', () => {
  assert.deepEqual([actedSign('changed'), actedSign('answered'), actedSign(undefined)], ['✎', '◆', ''])
})
