import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Connection } from '../../../src/model/connection.ts'
import { flowTiming } from '../../../src/view/timing/timing.ts'
import { makeExchange } from '../recorded.ts'

const exchange = (() => {
  const base = makeExchange()
  return {
    ...base,
    request: { ...base.request, headAt: 150, endedAt: 160 },
    response: { ...base.response!, headAt: 200, endedAt: 260 },
  }
})()
const connection: Connection = {
  id: 17,
  openedAt: 100,
  client: { connectedAt: 100, secureAt: 145 },
  upstream: {
    lookup: { name: 'a', addresses: [], startedAt: 102, endedAt: 107, literal: false },
    dialledAt: 107,
    connectedAt: 117,
    secureAt: 137,
  },
  problems: [],
}

test('the first exchange pays for the opening of its connection', () => {
  const { phases, ...timing } = flowTiming(exchange, connection, { first: true })
  assert.deepEqual(timing, {
    startedAt: 100,
    endedAt: 260,
    blocked: 7,
    dns: 5,
    connect: 10,
    tlsUpstream: 20,
    tlsClient: 8,
    send: 10,
    wait: 40,
    receive: 60,
    total: 160,
  })
  assert.deepEqual(
    phases.map(({ name }) => name),
    ['blocked', 'dns', 'connect', 'tls-upstream', 'tls-client', 'blocked', 'send', 'wait', 'receive'],
  )
})

test('a later exchange pays for itself alone', () => {
  const { phases: _, ...timing } = flowTiming(exchange, connection, { first: false })
  assert.deepEqual(timing, { startedAt: 150, endedAt: 260, send: 10, wait: 40, receive: 60, total: 110 })
})

test('an exchange that runs has no receive before its response, and grows up to now', () => {
  const { response: _, ...asked } = exchange
  const still = flowTiming(asked, connection, { first: false })
  assert.deepEqual([still.wait, still.receive, still.total], [undefined, undefined, 10])
  assert.equal(flowTiming(asked, connection, { first: false, now: 300 }).wait, 140)
  const { endedAt: __, ...response } = exchange.response
  assert.equal(flowTiming({ ...exchange, response }, connection, { first: false, now: 230 }).receive, 30)
})

test('a name that was an address has no lookup, and plain HTTP no TLS', () => {
  const { secureAt: _, ...client } = connection.client
  const { secureAt: __, ...upstream } = connection.upstream!
  const literal = { ...connection, client, upstream: { ...upstream, lookup: { ...upstream.lookup!, literal: true } } }
  const timing = flowTiming(exchange, literal, { first: true })
  assert.deepEqual(
    [timing.dns, timing.tlsClient, timing.tlsUpstream, timing.connect],
    [undefined, undefined, undefined, 10],
  )
})

test('phases never overlap, never run backwards, and end where the timing ends', () => {
  const at = fc.nat(500)
  fc.assert(
    fc.property(
      at,
      at,
      at,
      at,
      at,
      at,
      at,
      at,
      at,
      (opened, lookup, dialled, connected, up, client, head, sent, answered) => {
        const odd: Connection = {
          ...connection,
          openedAt: opened,
          client: { connectedAt: opened, secureAt: client },
          upstream: {
            lookup: { ...connection.upstream!.lookup!, startedAt: lookup, endedAt: dialled },
            dialledAt: dialled,
            connectedAt: connected,
            secureAt: up,
          },
        }
        const asked = { ...exchange.request, headAt: head, endedAt: sent }
        const response = { ...exchange.response, headAt: answered, endedAt: answered }
        const { phases, endedAt } = flowTiming({ ...exchange, request: asked, response }, odd, { first: true })
        for (const [index, { from, to }] of phases.entries()) {
          assert.ok(from <= to)
          assert.ok(index === 0 || phases[index - 1]!.to <= from)
        }
        assert.equal(phases.at(-1)!.to, endedAt)
      },
    ),
  )
})
