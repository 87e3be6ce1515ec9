import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Meter } from '@opentelemetry/api'
import { flowMetrics } from '../../src/telemetry/flow-metrics.ts'
import { connection, exchange } from './flows.ts'

type Point = readonly [name: string, value: number, attributes: Readonly<Record<string, unknown>>]

function counting() {
  const points: Point[] = []
  const instrument = (name: string) => {
    const add = (value: number, attributes = {}): void => void points.push([name, value, attributes])
    return { add, record: add }
  }
  const meter = { createHistogram: instrument, createCounter: instrument } as unknown as Meter
  return { points, count: flowMetrics(meter) }
}

test('a flow counts with its duration on both legs, and its bytes', () => {
  const { points, count } = counting()
  count({ connection: connection(), exchange: exchange(), first: true })
  const of = {
    'http.request.method': 'GET',
    'url.scheme': 'https',
    'http.response.status_code': 200,
    'network.protocol.version': '2',
  }
  assert.deepEqual(points, [
    ['parley.flows', 1, { 'parley.flow.kind': 'exchange' }],
    ['parley.io', 5, { 'network.io.direction': 'receive' }],
    ['parley.io', 50, { 'network.io.direction': 'transmit' }],
    ['http.server.request.duration', 0.03, of],
    ['http.client.request.duration', 0.03, of],
  ])
})

test('a failure counts by its cause', () => {
  const { points, count } = counting()
  const problem = { code: 'dns/not-found', blame: 'client', message: 'no such name' } as const
  count({ connection: connection({ problems: [problem] }), first: true })
  assert.deepEqual(points[1], ['parley.failures', 1, { 'error.type': 'dns/not-found', 'parley.blame': 'client' }])
})

test('no attribute takes what the network chose', () => {
  const { points, count } = counting()
  const odd = exchange({ server: 'not-asked' }, { method: 'X1234', path: '/secret', authority: 'random.example' })
  count({ connection: connection(), exchange: odd, first: false })
  assert.ok(!/X1234|secret|random/.test(JSON.stringify(points)))
  assert.ok(!points.some(([name]) => name === 'http.client.request.duration'))
})
