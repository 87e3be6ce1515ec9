import assert from 'node:assert/strict'
import { test } from 'node:test'
import { answerOf, decisionOf, headerTyped } from '../../../src/tui/held-message/decision.ts'
import { heldJson, heldResponse } from './held.ts'

test('what nobody changed passes, and only what was changed is sent', () => {
  const held = heldJson(1)
  assert.deepEqual(decisionOf(held, {}), { type: 'pass' })
  const body = Buffer.from('{}')
  assert.deepEqual(decisionOf(held, { body }), { type: 'change', body })
  assert.deepEqual(decisionOf(held, { request: held.request }), { type: 'change', request: held.request })
  const coded = heldResponse(1, 200, [['Content-Encoding', 'gzip']], Buffer.from(''))
  assert.ok(coded.what === 'response')
  const response = { ...coded.response, headers: [['Content-Encoding', 'zip']] as const }
  assert.ok('refused' in decisionOf(coded, { response, body }))
})

test('an answer is a status and a text, whose kind is seen', () => {
  const typeOf = (text: string): unknown => {
    const answer = answerOf(text)
    return 'headers' in answer ? answer.headers[0]?.[1] : answer
  }
  assert.equal(typeOf('200 {"a":1}'), 'application/json')
  assert.equal(typeOf('200 <p>hi'), 'text/html; charset=utf-8')
  assert.equal(typeOf('404 not here'), 'text/plain; charset=utf-8')
  assert.equal(typeOf('204'), undefined)
  for (const wrong of ['', '20', 'ok', '100', '199 x', '2000', '404x']) assert.ok('refused' in answerOf(wrong), wrong)
})

test('a header is typed with its colon, its value as UTF-8', () => {
  assert.deepEqual(headerTyped('X-A:  b c '), ['X-A', 'b c'])
  assert.deepEqual(headerTyped('X-A: ü'), ['X-A', 'Ã¼'])
  assert.deepEqual(headerTyped('X-A:'), ['X-A', ''])
  assert.ok('refused' in headerTyped('X-A'))
})
