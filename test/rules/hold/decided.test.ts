import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Decision, ToHold } from '../../../src/model/held.ts'
import { changedParts, requestDecided, responseDecided, streamDecided } from '../../../src/rules/hold/decided.ts'
import { answered, requestTo } from './messages.ts'

const head = requestTo('/a', [['X-A', '1']])
const held: ToHold = { what: 'request', connection: 7, exchange: 1, request: head }
const passes = { type: 'pass', acts: [] } as const
const after = (decision: Decision) => ({ decision, after: 2340 })
const body = Buffer.from('new')

test('what goes on as it came keeps the verdict of the rules, and says how long it was held', () => {
  const ruled = { type: 'change', head, acts: [{ by: 'rule', did: 'it' }], pace: { delay: 5 } } as const
  const verdict = requestDecided(ruled, held, after({ type: 'pass' }))
  const act = { by: 'breakpoint', did: 'held 2.3 s', side: 'request' }
  assert.deepEqual(verdict, { ...ruled, acts: [...ruled.acts, act] })
  const late = requestDecided(passes, held, after({ type: 'pass', because: 'time-out' }))
  assert.equal(late.acts[0]?.did, 'held 2.3 s, let go by --hold-timeout')
  const many = requestDecided(passes, held, after({ type: 'pass', because: 'too-many' }))
  assert.equal(many.acts[0]?.did, 'not held: --hold-limit was reached')
})

test('a changed request goes to its server, and elsewhere where its origin is another', () => {
  const changed = { ...head, path: '/b', target: '/b' }
  const verdict = requestDecided(passes, held, after({ type: 'change', request: changed, body }))
  assert.ok(verdict.type === 'change')
  assert.equal(verdict.head, changed)
  assert.equal(verdict.body, body)
  assert.equal(verdict.acts[0]?.did, 'held 2.3 s, changed URL, body')
  const moved = { ...head, scheme: 'http', authority: '[::1]:8000' }
  const elsewhere = requestDecided(passes, held, after({ type: 'change', request: moved }))
  assert.ok(elsewhere.type === 'elsewhere')
  assert.deepEqual(elsewhere.server, { scheme: 'http', host: '::1', port: 8000 })
})

test('what the rules made of it stays where a person changed something else', () => {
  const ruled = { type: 'change', head, body: Buffer.from('ruled'), acts: [] } as const
  const verdict = requestDecided(ruled, held, after({ type: 'change', request: head }))
  assert.ok(verdict.type === 'change')
  assert.equal(verdict.body, ruled.body)
  const server = { scheme: 'https', host: 'b', port: 1 } as const
  const away = { type: 'elsewhere', server, head, body, acts: [] } as const
  const still = requestDecided(away, held, after({ type: 'change', request: { ...head, method: 'PUT' } }))
  assert.ok(still.type === 'elsewhere')
  assert.deepEqual([still.server, still.head.method, still.body], [server, 'PUT', body])
})

test('answered, dropped', () => {
  const answer = requestDecided(passes, held, after({ type: 'answer', status: 418, headers: [], body }))
  assert.ok(answer.type === 'answer')
  assert.deepEqual(answer.answer, { status: 418, headers: [], body })
  assert.equal(requestDecided(passes, held, after({ type: 'drop' })).type, 'break')
  const response: ToHold = { ...held, what: 'response', response: answered(200) }
  assert.equal(responseDecided(passes, response, after({ type: 'drop' })).type, 'break')
  const change = { type: 'change', response: answered(500, [['A', 'b']]) } as const
  assert.deepEqual(changedParts(response, change), ['status', 'header a'])
  const verdict = responseDecided(passes, response, after(change))
  assert.ok(verdict.type === 'change')
  assert.equal(verdict.head, change.response)
  assert.equal(verdict.acts[0]?.side, 'response')
})

test('a message of a WebSocket goes on, changed or not, or is left out', () => {
  const message: ToHold = { ...held, what: 'stream-message', direction: 'to-client', opcode: 1, body: Buffer.from('x') }
  const verdict = streamDecided(passes, message, after({ type: 'change', body }))
  assert.ok(verdict.type === 'change')
  assert.equal(verdict.bytes, body)
  assert.equal(streamDecided(passes, message, after({ type: 'pass' })).type, 'pass')
  assert.equal(streamDecided(passes, message, after({ type: 'drop' })).type, 'drop')
})
