import assert from 'node:assert/strict'
import { test } from 'node:test'
import { FlowLines } from '../../src/cli/lines.ts'
import type { Connection } from '../../src/model/connection.ts'
import type { Exchange } from '../../src/model/exchange.ts'
import type { Capture } from '../../src/store/capture.ts'
import { exchangeOf } from '../store/samples.ts'

const connection: Connection = {
  id: 1,
  openedAt: 0,
  target: { host: 'a.example', port: 443 },
  client: {},
  problems: [],
}
const problem = { code: 'tcp/refused', blame: 'server', message: 'refused' } as const

function lines(exchanges: readonly Exchange[], connections: readonly Connection[] = [connection]) {
  const capture = {
    exchange: (id: number) => exchanges.find(one => one.id === id),
    connection: (id: number) => connections.find(one => one.id === id),
  } as Capture
  const written: string[] = []
  return { written, flow: new FlowLines(capture, line => written.push(line)) }
}

const unended = (exchange: Exchange): Exchange => {
  const { endedAt: _, ...response } = exchange.response!
  return { ...exchange, response }
}

test('an exchange is printed when it has ended, and once', () => {
  const { flow, written } = lines([exchangeOf(1)])
  flow.show({ flows: [1], connections: [] })
  flow.show({ flows: [1], connections: [1] })
  assert.equal(written.length, 1)
  assert.ok(written[0]!.includes('/p/1') && written[0]!.includes('200'))
})

test('an exchange under way is not printed until it ends', () => {
  const exchanges = [unended(exchangeOf(1))]
  const { flow, written } = lines(exchanges)
  flow.show({ flows: [1], connections: [] })
  assert.deepEqual(written, [])
  exchanges[0] = exchangeOf(1)
  flow.show({ flows: [1], connections: [] })
  assert.equal(written.length, 1)
})

test('an aborted or upgraded exchange has said all', () => {
  const aborted = { ...unended(exchangeOf(1)), aborted: { at: 1, by: 'server', why: 'reset' } as const }
  const upgraded = { ...unended(exchangeOf(2)), upgraded: 'websocket' }
  const { flow, written } = lines([aborted, upgraded])
  flow.show({ flows: [1, 2], connections: [] })
  assert.equal(written.length, 2)
})

test('a connection is printed when it failed or cannot be read, and once', () => {
  const connections: readonly Connection[] = [
    connection,
    { ...connection, id: 2, problems: [problem] },
    { ...connection, id: 3, protocol: 'tls' },
    { ...connection, id: 4, protocol: 'h2' },
  ]
  const { flow, written } = lines([], connections)
  flow.show({ flows: [], connections: [1, 2, 3, 4] })
  flow.show({ flows: [], connections: [1, 2, 3, 4] })
  assert.equal(written.length, 2)
  assert.ok(written[0]!.includes('refused') || written[0]!.includes('tcp/refused'), String(written[0]))
})

test('ids that the capture does not know are passed over', () => {
  const { flow, written } = lines([])
  flow.show({ flows: [9], connections: [9] })
  assert.deepEqual(written, [])
})
