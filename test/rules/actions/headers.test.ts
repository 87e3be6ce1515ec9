import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addHeaderKind, removeHeader, renameHeaderKind, setHeader } from '../../../src/rules/actions/headers.ts'
import { requestOf, responseOf } from '../heads.ts'
import { onRequest, onResponse, readBy } from './acting.ts'

test('each works on its side alone', async () => {
  const set = readBy(setHeader, 'response x-a b')
  assert.equal(set.request, undefined)
  assert.deepEqual((await onResponse(set, responseOf())).headers.at(-1), ['x-a', 'b'])
  const add = readBy(addHeaderKind, 'request accept text/html')
  assert.deepEqual((await onRequest(add, requestOf())).headers.slice(1), [
    ['Accept', '*/*'],
    ['accept', 'text/html'],
  ])
  assert.equal((await onRequest(readBy(removeHeader, 'request ACCEPT'), requestOf())).headers.length, 1)
  assert.deepEqual((await onRequest(readBy(renameHeaderKind, 'request accept x'), requestOf())).headers[1], [
    'x',
    '*/*',
  ])
})

test('nothing to do gives the very head back', async () => {
  const head = requestOf()
  assert.equal(await onRequest(readBy(removeHeader, 'request x'), head), head)
})

test('names that are none, and those of one connection, are refused with their place', () => {
  for (const [kind, text] of [
    [setHeader, "request 'a b' c"],
    [setHeader, 'request :path /'],
    [setHeader, 'request Connection close'],
    [addHeaderKind, 'response transfer-encoding chunked'],
    [renameHeaderKind, 'request a upgrade'],
    [removeHeader, 'request transfer-encoding'],
  ] as const)
    assert.throws(() => readBy(kind, text), {
      name: 'RuleError',
      position: text.indexOf(' ', kind === renameHeaderKind ? 9 : 0) + 1,
    })
  assert.throws(() => readBy(setHeader, `request a 'b\r\nc'`), { position: 10 })
})
