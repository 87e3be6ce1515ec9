import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { RequestDraft } from '../../../src/rules/actions/action.ts'
import { mapRemote } from '../../../src/rules/actions/map-remote.ts'
import { http2RequestOf, requestOf } from '../heads.ts'
import { draftRequest, readBy } from './acting.ts'

const mapped = (text: string, head = requestOf()) => draftRequest(readBy(mapRemote, text), head) as RequestDraft

test('another server is asked, and Host follows', () => {
  const { server, head } = mapped('http://127.0.0.1:3000/v2/', requestOf({ path: '/api/a?b=c' }))
  assert.deepEqual(server, { scheme: 'http', host: '127.0.0.1', port: 3000 })
  assert.deepEqual(
    [head.path, head.target, head.authority, head.scheme],
    ['/v2/api/a?b=c', '/v2/api/a?b=c', '127.0.0.1:3000', 'http'],
  )
  assert.deepEqual(head.headers[0], ['Host', '127.0.0.1:3000'])
})

test('a prefix is stripped, Host is kept if told, and an absolute target becomes a path', () => {
  const head = requestOf({ path: '/api/a', target: 'https://api.example.com/api/a' })
  const kept = mapped('https://[::1]:8443 strip /api keep-host', head)
  assert.deepEqual([kept.head.target, kept.head.authority], ['/a', 'api.example.com'])
  assert.deepEqual(kept.server, { scheme: 'https', host: '::1', port: 8443 })
})

test('in HTTP/2 the pseudo-headers follow', () => {
  const { headers } = mapped('https://other.example', http2RequestOf()).head
  assert.deepEqual(headers[2], [':authority', 'other.example'])
})

test('Parley itself is no server to map to', () => {
  assert.throws(
    () => mapped('http://127.0.0.1:8080'),
    (error: { problem?: { code: string } }) => error.problem?.code === 'rule/loop',
  )
})

test('only a URL of http or https without credentials, query or fragment will do', () => {
  for (const text of [
    'ftp://a',
    'a.example',
    'http://',
    'http://a@b',
    'http://a?b',
    'http://a#b',
    'http://a:99999',
    'http://a:0',
  ])
    assert.throws(() => readBy(mapRemote, text), { position: 0 }, text)
})
