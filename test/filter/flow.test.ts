import assert from 'node:assert/strict'
import { test } from 'node:test'
import { connectionFlow, exchangeFlow, originOf } from '../../src/filter/flow.ts'
import { connectionOf, exchangeOf } from '../store/samples.ts'

const withAuthority = (authority: string, scheme = 'https') => {
  const exchange = exchangeOf(1)
  const head = { ...exchange.request.head, authority, scheme }
  return exchangeFlow({ ...exchange, request: { ...exchange.request, head } })
}

test('a default port is left out and any other stays', () => {
  assert.equal(originOf(withAuthority('Api.Example.com:443')), 'https://api.example.com')
  assert.equal(originOf(withAuthority('api.example.com:443', 'http')), 'http://api.example.com:443')
})

test('an IPv6 address has its brackets in the origin alone', () => {
  const flow = withAuthority('[::1]:8443')
  assert.equal(flow.host, '::1')
  assert.equal(originOf(flow), 'https://[::1]:8443')
})

test('an authority that is none is the host as it stands', () => {
  assert.equal(withAuthority('a:b:c').host, 'a:b:c')
})

test('a content type loses its parameters', () => {
  assert.equal(exchangeFlow(exchangeOf(1)).contentType, 'application/json')
})

test('an exchange is running until its response has ended or it was aborted', () => {
  const whole = exchangeOf(1)
  const { endedAt: _, ...response } = whole.response!
  const { response: __, ...open } = whole
  assert.equal(exchangeFlow(whole).state, 'complete')
  assert.equal(exchangeFlow(whole).duration, 20)
  assert.equal(exchangeFlow({ ...whole, response }).state, 'running')
  assert.equal(exchangeFlow(open).status, undefined)
  const aborted = exchangeFlow({ ...open, aborted: { at: 1101, by: 'client', why: 'reset' } })
  assert.deepEqual([aborted.state, aborted.duration], ['aborted', 100])
})

test('what SQL text and an expression see differently becomes a replacement character', () => {
  assert.equal(exchangeFlow(exchangeOf(1, { path: '/a\0b\nc' })).path, '/a\ufffdb\ufffdc')
})

test('a failed connection is an aborted flow of its target', () => {
  const problem = { code: 'tls/x', blame: 'client', message: 'no' } as const
  const target = { host: 'Pinned.example', port: 443 }
  const flow = connectionFlow(connectionOf(3, { target, serverName: 'pinned.example', problems: [problem] }), 9)
  assert.deepEqual(
    [flow.id, flow.kind, flow.connection, flow.method, flow.state, originOf(flow)],
    [9, 'connection', 3, 'TLS', 'aborted', 'tls://pinned.example:443'],
  )
})

test('what Parley did to a flow is told in a word, and a page that says why it failed is no answer of a rule', () => {
  const acts = [{ by: 'rule', did: 'answered 418' }]
  const actedOf = (change: Parameters<typeof exchangeOf>[1]) => exchangeFlow(exchangeOf(1, change)).acted
  assert.equal(actedOf({}), undefined)
  assert.equal(actedOf({ acts }), 'changed')
  assert.equal(actedOf({ acts, server: 'not-asked' }), 'answered')
  assert.equal(actedOf({ server: 'not-asked' }), 'answered')
  const aborted = { at: 1, by: 'server', why: 'refused', how: 'connection-failed' } as const
  assert.equal(actedOf({ server: 'not-asked', aborted }), undefined)
  const { response: _, ...open } = exchangeOf(1)
  assert.equal(exchangeFlow({ ...open, server: 'not-asked' }).acted, undefined)
})
