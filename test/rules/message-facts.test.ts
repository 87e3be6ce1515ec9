import assert from 'node:assert/strict'
import { test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { matcherFor } from '../../src/filter/match.ts'
import { parseFilter } from '../../src/filter/parser.ts'
import { connectionOf, messageFacts, withBodies } from '../../src/rules/message-facts.ts'
import { http2RequestOf, requestOf, responseOf } from './heads.ts'
import { facts } from './ruled.ts'

const connection = connectionOf({ ...facts, alpn: 'h2', server: { address: '10.0.0.1', port: 443 } })
const finds = (text: string, known = messageFacts(connection, requestOf(), responseOf({ status: 404 }))) =>
  matcherFor(parseFilter(text))(known)

test('filters find a message by its heads and its connection', () => {
  for (const text of [
    '~d ^api',
    '/users',
    '~m get',
    '~c 404',
    '~hq accept',
    '~ts html',
    '~alpn h2',
    '~src :4711',
    '~dst ^10',
    '~sni api',
  ])
    assert.equal(finds(text), true, text)
  for (const text of ['~q', '~websocket', '~bq x', '~d other']) assert.equal(finds(text), false, text)
})

test('a request for a WebSocket is one', () => {
  const asks = messageFacts(connection, requestOf({}, [['Upgrade', 'WebSocket']]))
  const extended = messageFacts(connection, http2RequestOf({ method: 'CONNECT' }, [[':protocol', 'websocket']]))
  assert.equal(finds('~websocket', asks), true)
  assert.equal(finds('~websocket', extended), true)
})

test('bodies are seen with their codings undone', () => {
  const request = requestOf({}, [['content-encoding', 'gzip']])
  const whole = withBodies(messageFacts(connection, request, responseOf()), gzipSync('needle'), Buffer.from('hay'))
  assert.equal(finds('~bq needle', whole), true)
  assert.equal(finds('~bs hay', whole), true)
  assert.equal(whole.pending, undefined)
})
