import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { openRuleScripts } from '../../../src/cli/threads/rule-scripts/open-rule-scripts.ts'
import { script } from '../../../src/rules/actions/script.ts'
import { requestOf, responseOf } from '../heads.ts'
import { draftRequest, emptyWorld, readBy } from './acting.ts'
import { textOf, throughRequest, throughResponse } from './bodies.ts'

const examples = join(import.meta.dirname, '../../../examples')
const lines: string[] = []
const scripts = openRuleScripts({ patience: 20_000, log: line => lines.push(line) })
const world = { ...emptyWorld, scripts }

test.after(() => scripts.close())

test('examples/add-header.ts adds to requests, responses and messages', async () => {
  const action = readBy(script, `--heads ${examples}/add-header.ts`)
  assert.deepEqual([action.requestBody, action.responseBody], [undefined, undefined])
  const { head } = await throughRequest(action, undefined, requestOf(), world)
  assert.deepEqual(head.headers.at(-1), ['x-script', 'add-header.ts'])
  const answered = await throughResponse(action, undefined, responseOf(), { world })
  assert.deepEqual(answered.head.headers.at(-1), ['x-seen-by', 'add-header.ts'])
  const message = { direction: 'to-client', opcode: 1, bytes: Buffer.from('hello you') } as const
  const draft = await action.webSocket!({ type: 'websocket', message, request: requestOf() }, world)
  assert.ok(draft !== 'drop')
  assert.equal(Buffer.from(draft.message.bytes).toString(), 'HELLO you')
  for (let tries = 0; lines.length === 0 && tries < 100; tries++) await new Promise(resolve => setTimeout(resolve, 10))
  assert.deepEqual(lines, ['GET https://api.example.com/users?id=7: 200'])
})

test('examples/mock-api.ts answers from what it remembers, and marks users', async () => {
  const action = readBy(script, `${examples}/mock-api.ts`)
  assert.equal(action.requestBody, 8 * 1024 * 1024)
  const ask = (method: string, body: string) =>
    draftRequest(action, requestOf({ method, path: '/notes/a' }), Buffer.from(body), world)
  const answers = [await ask('GET', ''), await ask('PUT', 'milk'), await ask('GET', '')]
  assert.deepEqual(
    answers.map(end => end.type === 'answer' && [end.answer.status, textOf(end.answer as { body: Uint8Array })]),
    [
      [404, '{"error":"no such note"}'],
      [201, '{"id":"a"}'],
      [200, '{"id":"a","note":"milk"}'],
    ],
  )
  const other = requestOf({ path: '/other' })
  assert.equal((await throughRequest(action, '', other, world)).head, other)
  const json = responseOf({ headers: [['content-type', 'application/json']] })
  assert.equal(
    textOf(await throughResponse(action, '{"users":[{"id":1}]}', json, { world })),
    '{"users":[{"id":1,"mocked":true}]}',
  )
})

test('where no scripts can run, that is told', async () => {
  await assert.rejects(() => throughRequest(readBy(script, 'x.ts'), ''), /cannot run here/)
})

test('a file is wanted', () => {
  assert.throws(() => readBy(script, '--heads'), { name: 'RuleError', position: 7 })
})
