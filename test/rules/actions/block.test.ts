import assert from 'node:assert/strict'
import { test } from 'node:test'
import { block } from '../../../src/rules/actions/block.ts'
import { requestOf, responseOf } from '../heads.ts'
import { draftRequest, draftResponse, readBy } from './acting.ts'

test('a status is an answer; some have no body', async () => {
  const answered = await draftRequest(readBy(block, '403'), requestOf())
  assert.ok(answered.type === 'answer')
  assert.equal(answered.answer.status, 403)
  assert.match(Buffer.from(answered.answer.body as Uint8Array).toString(), /blocks this \(403\)/)
  const empty = await draftRequest(readBy(block, '204'), requestOf())
  assert.ok(empty.type === 'answer' && (empty.answer.body as Uint8Array).length === 0)
})

test('an exchange ends before it is asked, or when it is answered', async () => {
  for (const how of ['reset', 'close', 'black-hole']) {
    assert.deepEqual(await draftRequest(readBy(block, how), requestOf()), { type: 'break', how })
    assert.deepEqual(await draftResponse(readBy(block, how), responseOf(), requestOf()), { type: 'break', how })
  }
})

test('an alert refuses the connection, by name or number', () => {
  for (const name of ['unknown_ca', 'unknown-ca', '48'])
    assert.deepEqual(readBy(block, `alert ${name}`).connection, { refuse: { alert: 48 } })
})

test('mistakes have their place', () => {
  for (const [text, position] of [
    ['', 0],
    ['100', 0],
    ['600', 0],
    ['alert', 5],
    ['alert toString', 6],
    ['alert 256', 6],
    ['403 now', 4],
  ] as const)
    assert.throws(() => readBy(block, text), { name: 'RuleError', position }, text)
})
