import assert from 'node:assert/strict'
import { test } from 'node:test'
import { actOnRequest, headOfAnswer, requestVerdict, tellAll, withAnswerHead } from '../../src/rules/act-request.ts'
import { planOf } from '../../src/rules/plan.ts'
import { readRule } from '../../src/rules/rule.ts'
import { emptyWorld } from './actions/acting.ts'
import { http2RequestOf, requestOf } from './heads.ts'

const head = requestOf()
async function verdictOf(...todo: readonly string[]) {
  const { request } = planOf(readRule({ when: '', do: todo }), 0)
  return requestVerdict(await actOnRequest(request, { head }, emptyWorld), head, undefined)
}

test('a verdict says only what changed', async () => {
  assert.deepEqual(await verdictOf('remove-header request x'), { type: 'pass', acts: [] })
  const changed = await verdictOf('set-method PUT', 'set-path /x')
  assert.ok(changed.type === 'change')
  assert.deepEqual([changed.head?.method, changed.head?.path, 'body' in changed], ['PUT', '/x', false])
  assert.deepEqual(
    changed.acts.map(({ did, side }) => `${side} ${did}`),
    ['request set method PUT', 'request set path /x'],
  )
})

test('later steps work on what goes elsewhere, and an answer ends', async () => {
  const elsewhere = await verdictOf('map-remote http://other.example', 'set-path /x')
  assert.ok(elsewhere.type === 'elsewhere' && elsewhere.head.path === '/x' && elsewhere.server.host === 'other.example')
  const answer = await verdictOf('mock 418', 'set-method PUT')
  assert.ok(answer.type === 'answer' && answer.acts.length === 1)
})

test('a failed rule is told, and the request passes', async () => {
  const verdict = await verdictOf('map-remote http://127.0.0.1:8080')
  assert.deepEqual([verdict.type, verdict.problems?.[0]?.code], ['pass', 'rule/loop'])
})

test('an answer has a head that rules can change', () => {
  const answer = { status: 200, headers: [['a', 'b']] as const, body: new Uint8Array(0) }
  assert.equal(headOfAnswer(answer, head).version, 'HTTP/1.1')
  const http2 = headOfAnswer(answer, http2RequestOf())
  assert.deepEqual(http2.headers, [
    [':status', '200'],
    ['a', 'b'],
  ])
  assert.deepEqual(withAnswerHead(answer, { ...http2, status: 404 }), { ...answer, status: 404 })
  assert.deepEqual(tellAll({ pace: { delay: 1 } }, [], []), { acts: [], pace: { delay: 1 } })
})
