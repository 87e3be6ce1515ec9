import assert from 'node:assert/strict'
import { test } from 'node:test'
import { flowLine, legsOf } from '../../../src/view/text/flow-line.ts'
import { makeConnection, openedAt } from '../../compare/make.ts'
import { lived, makeExchange } from '../recorded.ts'

const connection = lived(makeConnection())

test('an exchange is one line with its status, size, time and both legs', () => {
  assert.match(
    flowLine({ kind: 'exchange', exchange: makeExchange(), connection }),
    /^#1203 +\d\d:\d\d:\d\d +GET +200 +4\.1k +38 ms +h2 1\.3 │ h2 1\.2 +https:\/\/api\.example\.com\/v1\/users\?page=2$/,
  )
})

test('a request without a response says whether it still runs or was cut', () => {
  const { response: _, ...running } = makeExchange()
  assert.match(flowLine({ kind: 'exchange', exchange: running }), / — .* … /)
  const cut = { ...running, aborted: { at: openedAt + 5, by: 'server', why: 'reset\x1b' } as const }
  assert.match(flowLine({ kind: 'exchange', exchange: cut }), /✗.*\(ended by server: reset\\x1b\)$/)
})

test('a connection that failed names its problem', () => {
  const problem = { code: 'tls/client-rejected-leaf', blame: 'client', message: 'The client rejected it.' } as const
  const line = flowLine({ kind: 'connection', connection: { ...connection, problems: [problem] } })
  assert.match(line, /^c17 .*TLS +✗ .*api\.example\.com:443 +tls\/client-rejected-leaf: The client/)
})

test('a connection that is shown without having failed says why', () => {
  const line = flowLine({ kind: 'connection', connection: { ...connection, protocol: 'tls' } })
  assert.match(line, /api\.example\.com:443 +passed through unread$/)
})

test('a leg without TLS is tcp, one that was not dialled is nothing', () => {
  const { upstream: _, ...alone } = makeConnection()
  assert.equal(legsOf(alone), 'tcp │ —')
})

test('no line holds a control character', () => {
  const exchange = makeExchange()
  const head = { ...exchange.request.head, method: 'G\x1bT', path: '/\u202e\n', authority: '\x9b' }
  const line = flowLine({ kind: 'exchange', exchange: { ...exchange, request: { ...exchange.request, head } } })
  assert.doesNotMatch(line, /[\x00-\x1f\x7f-\x9f\u202e]/)
})

test('that Parley acted on a flow stands behind its status', () => {
  const acts = [{ by: 'breakpoint', did: 'changed the body' }]
  assert.match(flowLine({ kind: 'exchange', exchange: makeExchange({ acts }) }), / 200✎ +4\.1k /)
  assert.match(flowLine({ kind: 'exchange', exchange: makeExchange({ server: 'not-asked' }) }), / 200◆ +4\.1k /)
})
