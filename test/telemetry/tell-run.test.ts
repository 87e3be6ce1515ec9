import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Changes } from '../../src/model/changes.ts'
import type { FlowRow } from '../../src/store/queries.ts'
import type { ToldFlow } from '../../src/telemetry/flow-spans.ts'
import { tellRun } from '../../src/telemetry/tell-run.ts'
import { connection, exchange } from './flows.ts'

function setUp(rows: FlowRow[], flush = async (): Promise<void> => {}) {
  const told: ToldFlow[] = []
  const heard = new Set<(changes: Changes) => void>()
  const log: string[] = []
  const capture = {
    flows: ({ after = 0, before = Infinity, limit }: { after?: number; before?: number; limit: number }) =>
      rows.filter(({ id }) => id > after && id < before).slice(0, limit),
    connection: () => connection(),
    exchange: (id: number) => exchange({ id }),
    close: () => log.push('capture closed'),
  }
  const collector = {
    tell: (flow: ToldFlow) => void told.push(flow),
    async flush() {
      log.push('flush')
      await flush()
    },
    close: async () => void log.push('collector closed'),
  }
  const run = {
    onChange: (listener: (changes: Changes) => void) => {
      heard.add(listener)
      return () => heard.delete(listener)
    },
  }
  const telling = tellRun(run, capture as never, collector)
  const change = (...flows: number[]): void => {
    for (const listener of heard) listener({ flows, connections: [] })
  }
  return { told, telling, change, log, heard }
}

const row = (id: number, state: FlowRow['state'] = 'complete', of = 3): FlowRow =>
  ({ id, kind: 'exchange', connection: of, state, problem: false }) as FlowRow

const turns = async (): Promise<void> => {
  for (let turn = 0; turn < 20; turn++) await new Promise(setImmediate)
}

test('each flow is told once, when it ends, the first of a connection as such', async () => {
  const rows = [row(1), row(2, 'running')]
  const { told, telling, change, heard, log } = setUp(rows)
  change(1, 2)
  await turns()
  rows.push(row(3, 'complete', 4))
  change(3)
  await turns()
  assert.deepEqual(
    told.map(({ exchange, first }) => [exchange?.id, first]),
    [
      [1, true],
      [3, true],
    ],
  )
  assert.equal(await telling.close(1000), 0)
  assert.deepEqual([told.at(-1)?.exchange?.id, told.at(-1)?.first], [2, false], 'what runs at the end is told too')
  assert.deepEqual([heard.size, ...log], [0, 'collector closed', 'capture closed'])
})

test('after some hundred flows the collector has its turn, and a slow one holds nobody up for longer than it may', async () => {
  const rows = Array.from({ length: 2000 }, (_, at) => row(at + 1))
  const { told, telling, change, log } = setUp(rows, () => new Promise(resolve => setTimeout(resolve, 60)))
  change(...rows.map(({ id }) => id))
  const missed = await telling.close(100)
  assert.ok(log.includes('flush'))
  assert.equal(told.length + missed, 2000)
  assert.ok(missed > 0 && told.length >= 400, `${told.length} told`)
})
