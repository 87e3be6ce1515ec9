import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { RequestHead } from '../../../src/model/exchange.ts'
import type { ActionKind } from '../../../src/rules/actions/action.ts'
import { answerOf, mock, redirect } from '../../../src/rules/actions/answers.ts'
import { http2RequestOf, requestOf } from '../heads.ts'
import { draftRequest, emptyWorld, readBy } from './acting.ts'

async function answered(kind: ActionKind, text: string, head: RequestHead = requestOf(), body?: Uint8Array) {
  const world = { ...emptyWorld, files: { ...emptyWorld.files, read: async () => Buffer.from('of a file') } }
  const end = await draftRequest(readBy(kind, text), head, body, world)
  if (end.type !== 'answer') throw new Error(end.type)
  const { answer } = end
  return { ...answer, body: Buffer.from(answer.body as Uint8Array).toString() }
}

test('a mock is a status, a body with a type of its own, and headers', async () => {
  assert.deepEqual(await answered(mock, '418 tea'), {
    status: 418,
    headers: [['content-type', 'text/plain; charset=utf-8']],
    body: 'tea',
  })
  const told = await answered(mock, `200 '{"id":"{query.id}"}' --header 'X-Path: {path}' --header 'content-type: x/y'`)
  assert.deepEqual(told.headers, [
    ['X-Path', '/users'],
    ['content-type', 'x/y'],
  ])
  assert.equal(told.body, '{"id":"7"}')
  assert.deepEqual((await answered(mock, '204')).headers, [])
})

test('a mock may come from a file, and repeat the body of the request', async () => {
  const file = await answered(mock, '200 --body-file a/b.json')
  assert.deepEqual([file.body, file.headers[0]], ['of a file', ['content-type', 'application/json']])
  assert.equal(readBy(mock, '200 {body}').requestBody! > 0, true)
  assert.equal(readBy(mock, '200 x').requestBody, undefined)
  assert.equal((await answered(mock, '200 {body}', requestOf(), Buffer.from('ping'))).body, 'ping')
})

test('HEAD hears how long the answer would be, and HTTP/2 has small letters', async () => {
  const head = await answered(mock, '200 tea', requestOf({ method: 'HEAD' }))
  assert.deepEqual([head.body, head.headers.at(-1)], ['', ['content-length', '3']])
  const { headers } = await answered(mock, `200 x --header 'X-A: b'`, http2RequestOf())
  assert.deepEqual(headers.at(-1), ['x-a', 'b'])
  assert.equal(
    answerOf({ type: 'request', head: requestOf(), sent: requestOf() }, 200, [], Buffer.from('a')).body.constructor,
    Buffer,
  )
})

test('what the request brings cannot break out of a header', async () => {
  await assert.rejects(
    answered(mock, `200 x --header 'X-A: {query.id}'`, requestOf({ path: '/a?id=1%0d%0aX-B:2' })),
    /CR, LF/,
  )
})

test('a redirect goes where the request wanted to, or elsewhere', async () => {
  assert.deepEqual(await answered(redirect, 'https://new.example{path}'), {
    status: 302,
    headers: [['location', 'https://new.example/users']],
    body: '',
  })
  assert.equal((await answered(redirect, '308 /x')).status, 308)
})

test('mistakes say their place', () => {
  assert.throws(() => readBy(mock, '99'), { position: 0 })
  assert.throws(() => readBy(mock, '200 a b'), { position: 6 })
  assert.throws(() => readBy(mock, '204 a'), { position: 4, expected: 'no body: 204 has none' })
  assert.throws(() => readBy(mock, '200 --body-file'), { expected: 'a file' })
  for (const field of ['no', 'a b: c', 'connection: close', 'content-length: 3', 'a: b\n c'])
    assert.throws(() => readBy(mock, `200 --header '${field}'`), { position: 13 }, field)
  for (const text of ['200 /x', '308', "308 'a b'", "'/a\n'"])
    assert.throws(() => readBy(redirect, text), { name: 'RuleError' }, text)
})
