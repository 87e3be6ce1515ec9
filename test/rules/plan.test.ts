import assert from 'node:assert/strict'
import { test } from 'node:test'
import { planOf } from '../../src/rules/plan.ts'
import { type RuleSource, readRule } from '../../src/rules/rule.ts'

const phases = (source: RuleSource) => {
  const { inRequest, inResponse, inWebSocket, keepsRequestBody } = planOf(readRule(source), 0)
  return [inRequest, inResponse, inWebSocket, keepsRequestBody]
}

test('a rule is asked only in the phases in which it does something', () => {
  assert.deepEqual(phases({ when: '', do: ['set-header request a b'] }), [true, false, false, false])
  assert.deepEqual(phases({ when: '~c 200', do: ['set-header response a b'] }), [false, true, false, false])
  assert.deepEqual(phases({ when: '~bq x', do: ['no-cache'] }), [true, true, false, true])
})

test('a request is not acted on by a filter that asks for its response', () => {
  assert.deepEqual(phases({ when: '!~c 200', do: ['no-cache'] }), [false, true, false, false])
})

test('one that only stops is asked always', () => {
  assert.deepEqual(phases({ when: '', do: [], stop: true }), [true, true, true, false])
})

test('steps know what they want of the body', () => {
  const { request } = planOf(readRule({ when: '', do: ['mock 200 {body}'] }), 4)
  assert.deepEqual(
    request.map(({ by, did, wants }) => [by, did, wants > 0]),
    [['~all => mock 200 {body}', 'mock 200', true]],
  )
})
