import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ActionKind } from '../../../src/rules/actions/action.ts'
import { removeQuery, rewriteUrl, setPath, setQuery, urlText } from '../../../src/rules/actions/url.ts'
import { Arguments } from '../../../src/rules/arguments.ts'
import { http2RequestOf, requestOf } from '../heads.ts'
import { draftRequest, onRequest, readBy } from './acting.ts'

const pathBy = async (kind: ActionKind, text: string, path = '/users?id=7') =>
  (await onRequest(readBy(kind, text), requestOf({ path }))).path

test('path and query are written anew', async () => {
  assert.equal(await pathBy(setPath, '/new?a=b'), '/new?a=b')
  assert.equal(await pathBy(setPath, "'/a b/é'"), '/a%20b/%C3%A9')
  assert.equal(await pathBy(rewriteUrl, 'users people'), '/people?id=7')
  assert.equal(await pathBy(rewriteUrl, "'/^\\/(\\w+)\\?id=(\\d+)$/' '/$2/$1'"), '/7/users')
  assert.equal(await pathBy(rewriteUrl, 'absent x'), '/users?id=7')
  assert.equal(await pathBy(setQuery, 'id 8'), '/users?id=8')
  assert.equal(await pathBy(removeQuery, 'id'), '/users')
})

test('in HTTP/2 the pseudo-header says so too', async () => {
  const head = await onRequest(readBy(setPath, '/x'), http2RequestOf())
  assert.deepEqual(head.headers[3], [':path', '/x'])
})

test('what would not begin with a slash is refused when it comes up', () => {
  assert.throws(() => draftRequest(readBy(rewriteUrl, '/users x'), requestOf()), /would not begin with \//)
})

test('mistakes say their place', () => {
  assert.throws(() => readBy(setPath, 'new'), { position: 0, expected: 'a path that begins with /' })
  assert.throws(() => readBy(setPath, "'/a\r\nb'"), { expected: 'a path without CR, LF or NUL' })
  assert.throws(() => readBy(rewriteUrl, "'/(/' x"), { expected: /regular expression/ })
  assert.throws(() => readBy(rewriteUrl, "'' x"), { position: 0 })
  assert.throws(() => readBy(rewriteUrl, "'/(/' x"), { position: 0, found: `"'/(/'"` })
  assert.throws(() => readBy(setQuery, "'' x"), { position: 0 })
  assert.equal(urlText(new Arguments("'\ud800'"), 'x'), '%EF%BF%BD')
})
