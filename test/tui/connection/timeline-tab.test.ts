import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Bar, barLines, connectionBars, timelineLines } from '../../../src/tui/connection/timeline-tab.ts'
import { columnsOf, plain } from '../../../src/tui/line.ts'
import { rejected, secure } from '../sample.ts'
import { sampleWorld } from '../world.ts'

const bars: Bar[] = [
  { name: 'first', from: 100, to: 150, tone: 'good' },
  { name: 'second', from: 150, to: 200, tone: 'warn' },
]
const blocks = (text: string): [number, number] => [text.search(/[█░]/), text.match(/[█░]/g)?.length ?? 0]

test('bars share one scale: half of the time is half of the columns', () => {
  const [first, second] = barLines(bars, 148).map(spans => blocks(plain(spans)))
  assert.ok(Math.abs(first![1] - second![1]) <= 1)
  assert.ok(Math.abs(first![0] + first![1] - second![0]) <= 1)
})

test('a stretch that goes on has no length', () => {
  assert.match(plain(barLines([{ name: 'open', from: 5, tone: 'dim' }], 80)[0]!), /░.* ms …$/)
})

test('no line is wider than the terminal', () => {
  for (const columns of [60, 80, 200])
    for (const spans of barLines(bars, columns)) assert.ok(columnsOf(spans) <= columns)
})

test('a connection has its name, TCP and both TLS legs, each where it was timed', async () => {
  const { source } = await sampleWorld()
  const { handshakes } = source.connection(1)!
  assert.deepEqual(
    connectionBars(secure, handshakes).map(({ name }) => name),
    ['DNS', 'TCP to the server', 'TLS with the server', 'TLS with the client', 'open to both'],
  )
  const failed = { client: { ...handshakes.client!, outcome: 'failed' as const } }
  assert.deepEqual(
    connectionBars({ ...rejected, openedAt: secure.openedAt }, failed).map(({ name }) => name),
    ['TLS with the client ✗'],
  )
})

test('a connection of which nothing was timed says so', () => {
  const view = { connection: { ...rejected, client: {} }, handshakes: {}, table: { rows: [] } }
  assert.match(
    timelineLines(view as never, 80)
      .map(plain)
      .join(),
    /nothing was timed/,
  )
})
