import assert from 'node:assert/strict'
import { test } from 'node:test'
import { RunEvents } from '../../../src/cli/events/run-events.ts'
import type { Connection } from '../../../src/model/connection.ts'
import { type Exchange, hasEnded } from '../../../src/model/exchange.ts'
import type { Capture } from '../../../src/store/capture.ts'
import type { FlowRow } from '../../../src/store/queries.ts'
import type { Told } from '../../../src/view/json/event-json.ts'
import { exchangeOf } from '../../store/samples.ts'

const connection: Connection = { id: 1, openedAt: 0, client: {}, problems: [] }
const problem = { code: 'tcp/refused', blame: 'server', message: 'refused' } as const
const running = (exchange: Exchange): Exchange => {
  const { response: _, ...rest } = exchange
  return rest
}

/** A capture that a test changes under the events. */
class Recorded {
  exchanges = new Map<number, Exchange>()
  connections = new Map<number, Connection>([[1, connection]])
  own: readonly FlowRow[] = []
  readonly told: string[] = []
  readonly events = new RunEvents(event => this.told.push(named(event)))

  get source() {
    return {
      exchange: (id: number) => this.exchanges.get(id),
      connection: (id: number) => this.connections.get(id),
      flows: ({ after, filter }: { after?: number; filter?: unknown }) =>
        filter ? this.own : after === undefined ? [] : [...this.rows(after + 1)],
    } as unknown as Capture
  }

  *rows(id: number): Generator<FlowRow> {
    const exchange = this.exchanges.get(id)
    if (exchange) yield { ...row, id, state: hasEnded(exchange) ? 'complete' : 'running' }
    yield* this.own.filter(each => each.id === id)
  }

  hear(flows: readonly number[], connections: readonly number[] = []): string[] {
    this.events.hear(this.source, { flows, connections })
    return this.told.splice(0)
  }
}

const row: FlowRow = {
  ...{ id: 1, kind: 'exchange', connection: 1, startedAt: 0, scheme: 'https', host: 'a.example', method: 'GET' },
  ...{ path: '/', requestBytes: 0, responseBytes: 0, protocol: 'h2', state: 'running', problem: false },
} as FlowRow

function named(event: Told): string {
  if ('flow' in event && typeof event.flow === 'object') return `${event.event} ${event.flow.id} ${event.flow.state}`
  if (event.event === 'problem') return `problem ${event.flow ?? ''} c${event.connection} ${event.problem.code}`
  return 'connection' in event ? `${event.event} ${(event.connection as { id: number }).id}` : event.event
}

test('a flow begins once and ends once, whatever is said of it between and after', () => {
  const recorded = new Recorded()
  recorded.exchanges.set(1, running(exchangeOf(1)))
  assert.deepEqual(recorded.hear([1], [1]), ['connection-opened 1', 'flow-begun 1 running'])
  assert.deepEqual(recorded.hear([1], [1]), [])
  recorded.exchanges.set(1, exchangeOf(1))
  assert.deepEqual(recorded.hear([1]), ['flow-ended 1 complete'])
  assert.deepEqual(recorded.hear([1], [1]), [])
})

test('what is not in the capture yet is told when it is', () => {
  const recorded = new Recorded()
  assert.deepEqual(recorded.hear([7], [8]), [])
  recorded.exchanges.set(7, exchangeOf(7))
  assert.deepEqual(recorded.hear([7]), ['flow-begun 7 complete', 'flow-ended 7 complete'])
})

test('each problem is told once, that of a connection with its own row', () => {
  const recorded = new Recorded()
  recorded.own = [{ ...row, id: 4, kind: 'connection', state: 'aborted' }]
  recorded.connections.set(1, { ...connection, problems: [problem], closed: { at: 5 } })
  assert.deepEqual(recorded.hear([], [1]), [
    ...['connection-opened 1', 'problem  c1 tcp/refused', 'flow-begun 4 aborted', 'flow-ended 4 aborted'],
    'connection-closed 1',
  ])
  recorded.connections.set(1, { ...connection, problems: [problem, { ...problem, code: 'late' }], closed: { at: 5 } })
  assert.deepEqual(recorded.hear([], [1, 1]), ['problem  c1 late'])
  recorded.exchanges.set(2, { ...exchangeOf(2), problems: [problem] })
  assert.deepEqual(recorded.hear([2]), ['flow-begun 2 complete', 'problem 2 c1 tcp/refused', 'flow-ended 2 complete'])
})

test('at the end what still runs is ended', () => {
  const recorded = new Recorded()
  recorded.exchanges.set(1, running(exchangeOf(1)))
  recorded.hear([1], [1])
  recorded.events.finish(recorded.source)
  assert.deepEqual(recorded.told.splice(0), ['flow-ended 1 running', 'connection-closed 1'])
  recorded.events.finish(recorded.source)
  assert.deepEqual(recorded.told, [])
})
