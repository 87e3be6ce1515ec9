import assert from 'node:assert/strict'
import { test } from 'node:test'
import { HarEntries } from '../../../src/export/har/entry.ts'
import type { Connection } from '../../../src/model/connection.ts'
import type { Exchange } from '../../../src/model/exchange.ts'
import { connectionOf, exchangeOf } from '../../store/samples.ts'
import { withCapture } from '../made-capture.ts'

const entryOf = (exchange: Exchange, connection: Connection = connectionOf(1)) =>
  withCapture(
    writer => {
      writer.connection(connection)
      writer.exchange(exchange, Buffer.from('ask'), Buffer.from('reply'))
      writer.body(exchange.id, 'server-response', 0, Buffer.from('other'))
    },
    capture => {
      const row = capture.flows({ limit: 1 })[0]!
      return new HarEntries(capture).of({ row, connection, exchange, first: true })
    },
  )

test('an entry says where the server was, and on which connection', () => {
  const upstream = { remote: { address: 'fe80::1%eth0', port: 443 } }
  const entry = entryOf(exchangeOf(1, { stream: 3 }), connectionOf(1, { upstream }))
  assert.deepEqual([entry.serverIPAddress, entry.connection, entry._stream], ['fe80::1', '1', 3])
  const via = { scheme: 'http', host: 'proxy.test', port: 3128 }
  assert.equal(entryOf(exchangeOf(1), connectionOf(1, { upstream: { ...upstream, via } })).serverIPAddress, undefined)
  const sniffed = connectionOf(1, { sniffed: true, client: { local: { address: '192.0.2.7', port: 443 } } })
  assert.equal(entryOf(exchangeOf(1), sniffed).serverIPAddress, '192.0.2.7')
})

test('where Parley acted, the server has a side of its own', () => {
  const { request, informational, response } = exchangeOf(1, { path: '/other', status: 500 })
  const acts = [{ by: 'rule', did: 'set header x' }]
  const entry = entryOf(exchangeOf(1, { acts, server: { request, informational, response: response! } }))
  assert.equal(entry._server?.request.url, 'https://api.example.com/other')
  assert.deepEqual([entry._server?.response?.status, entry._server?.response?.content.text], [500, 'other'])
  assert.deepEqual([entry.response.status, entry.response.content.text, entry._acts], [200, 'reply', acts])
  const alone = entryOf(exchangeOf(1, { server: 'not-asked' }))
  assert.deepEqual([alone._server, alone._answeredBy], [null, 'parley'])
})

test('what ended early says so, and no time is outside of what a date can say', () => {
  const { response: _, ...unanswered } = exchangeOf(1)
  const entry = entryOf({ ...unanswered, aborted: { at: 1011, by: 'server', why: 'the server closed' } })
  assert.deepEqual([entry.response.status, entry.response._error], [0, 'the server closed'])
  assert.deepEqual(entry._aborted, { time: 10, by: 'server', why: 'the server closed' })
  const late = exchangeOf(1)
  const far = entryOf({ ...late, request: { ...late.request, headAt: 1e15 } }, connectionOf(1, { openedAt: 1e15 }))
  assert.equal(far.startedDateTime, '9999-12-31T00:00:00.000Z')
})
