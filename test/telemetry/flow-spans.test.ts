import assert from 'node:assert/strict'
import { test } from 'node:test'
import { flowSpans } from '../../src/telemetry/flow-spans.ts'
import type { SpanNode } from '../../src/telemetry/span.ts'
import { connection, exchange } from './flows.ts'

const drawn = ({ name, kind, start, end, children, error }: SpanNode, depth = 0): string =>
  [
    `${'  '.repeat(depth)}${name} ${kind} ${start}-${end}${error === undefined ? '' : ` (${error})`}`,
    ...children.map(child => drawn(child, depth + 1)),
  ].join('\n')

const problem = { code: 'tls/expired', blame: 'server', message: 'it has expired', remedy: 'renew it' } as const

test('the first flow of a connection tells how it was opened, step by step', () => {
  assert.equal(
    drawn(flowSpans({ connection: connection(), exchange: exchange(), first: true })),
    `GET server 1000-1100
  TLS internal 1000-1060
  request internal 1070-1072
  GET client 1005-1100
    DNS internal 1005-1015
    TCP internal 1015-1025
    TLS internal 1025-1050
  response internal 1090-1100`,
  )
})

test('a later one tells of itself alone', () => {
  const later = flowSpans({ connection: connection(), exchange: exchange(), first: false })
  assert.equal(
    drawn(later),
    `GET server 1070-1100
  request internal 1070-1072
  GET client 1070-1100
  response internal 1090-1100`,
  )
  assert.equal(later.attributes['parley.connection.reused'], true)
})

test('where the server got something else, its side has its own steps', () => {
  const { request, response } = exchange()
  const server = {
    request: { ...request, headAt: 1075, endedAt: 1076 },
    response: { ...response!, endedAt: 1095 },
    informational: [],
  }
  const span = flowSpans({ connection: connection(), exchange: exchange({ server }), first: false })
  assert.equal(
    drawn(span),
    `GET server 1070-1100
  request internal 1070-1072
  GET client 1075-1095
    request internal 1075-1076
    response internal 1090-1095
  response internal 1090-1100`,
  )
})

test('one whose server was not asked has no span of a request to it', () => {
  const span = flowSpans({ connection: connection(), exchange: exchange({ server: 'not-asked' }), first: false })
  assert.ok(!drawn(span).includes('client'))
})

test('a connection that failed tells where, and why', () => {
  const { agreed: _, secureAt: __, ...leg } = connection().upstream!
  const failed = connection({
    upstream: { ...leg, closed: { at: 1040, by: 'server', how: 'fin' } },
    problems: [problem],
    closed: { at: 1200 },
  })
  const span = flowSpans({ connection: failed, first: true })
  assert.equal(
    drawn(span),
    `TLS connection server 1000-1200 (it has expired)
  TLS internal 1000-1060
  connect client 1005-1040 (it has expired)
    DNS internal 1005-1015
    TCP internal 1015-1025
    TLS internal 1025-1040 (the handshake was not finished)`,
  )
  assert.deepEqual([span.attributes['error.type'], span.attributes['parley.blame']], ['tls/expired', 'server'])
})

test('one that was never dialled, and is open still, is a span all the same', () => {
  const { upstream: _, ...rest } = connection()
  assert.equal(
    drawn(flowSpans({ connection: { ...rest, client: {} }, first: true })),
    'TCP connection server 1000-1000',
  )
})
