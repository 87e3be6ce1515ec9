/** A world to test the screens in: the sample capture, or rows made up. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after } from 'node:test'
import { openCapture } from '../../src/store/capture.ts'
import type { FlowQuery } from '../../src/store/queries.ts'
import type { CaptureWriter } from '../../src/store/writer.ts'
import type { Actions } from '../../src/tui/actions.ts'
import { type CaptureSource, captureSource } from '../../src/tui/capture-source.ts'
import type { Outcome } from '../../src/tui/command.ts'
import { type CommandName, commandNamed } from '../../src/tui/commands.ts'
import { type Line, plain } from '../../src/tui/line.ts'
import type { FlowRow, FlowSource } from '../../src/tui/ports.ts'
import { pageOf } from '../../src/tui/shell/page.ts'
import { reduce } from '../../src/tui/state/reduce.ts'
import { initialState, type State, type World } from '../../src/tui/state/state.ts'
import { writeSample } from './sample.ts'

const status = { listen: '127.0.0.1:8080', recording: true, capturePath: '/captures/sample.parley', command: 'parley' }

export interface SampleWorld extends World {
  readonly source: CaptureSource
  readonly writer: CaptureWriter
}

/** The sample capture behind a screen of that size; gone after the tests of the file. */
export async function sampleWorld(columns = 80, rows = 24, flows = 40): Promise<SampleWorld> {
  const folder = mkdtempSync(join(tmpdir(), 'parley-tui-'))
  const writer = await writeSample(join(folder, 'sample.parley'), flows)
  const capture = openCapture(writer.path)
  after(() => {
    capture.close()
    writer.close()
    rmSync(folder, { recursive: true })
  })
  return { source: captureSource(capture), columns, rows, status, hints: [], writer }
}

export const flowRow = (id: number, more: Partial<FlowRow> = {}): FlowRow => ({
  id,
  kind: 'exchange',
  connection: 1,
  startedAt: 0,
  scheme: 'https',
  host: 'example.com',
  method: 'GET',
  path: `/${id}`,
  requestBytes: 0,
  responseBytes: 10,
  protocol: 'h2',
  state: 'complete',
  problem: false,
  ...more,
})

/** A source of these rows alone; `asked` keeps every question. Of filters it knows `~m` with a word. */
export function rowSource(rows: FlowRow[]): FlowSource & { readonly asked: FlowQuery[] } {
  const asked: FlowQuery[] = []
  const fits = (row: FlowRow, { filter }: FlowQuery): boolean =>
    filter?.type !== 'pattern' || row.method === filter.pattern
  return {
    asked,
    counts: () => ({ flows: rows.length, connections: 1, failed: 0, size: 1000 }),
    rows(query) {
      asked.push(query)
      const { after: from = 0, before = Number.MAX_SAFE_INTEGER, limit, order } = query
      const found = rows.filter(row => row.id > from && row.id < before && fits(row, query))
      return (order === 'newest' ? found.toReversed() : found).slice(0, limit)
    },
    count: filter => rows.filter(row => fits(row, { limit: 0, ...(filter && { filter }) })).length,
    position: (_, id) => rows.filter(row => row.id < id).length,
    connection: () => undefined,
    marked: () => rows.filter(({ marked }) => marked).map(({ id }) => id),
    searched: () => undefined,
    sorted: () => rows.map(({ id }) => id),
    hosts: () => [],
    paths: () => [],
    connections: () => [],
    record: () => undefined,
    compareConnections: () => undefined,
    exchange: () => undefined,
    body: () => new Uint8Array(),
    bodyLength: () => 0,
    bodyProblem: () => undefined,
    frames: () => [],
    frameCount: () => 0,
    fieldBlock: () => undefined,
    messages: () => [],
    messageCount: () => 0,
    events: () => [],
  }
}

export const rowWorld = (rows: FlowRow[], height = 24): World => ({
  source: rowSource(rows),
  columns: 80,
  rows: height,
  status,
  hints: [],
})

/** The state after these keys, from the first screen or another; a search has ended before the next key. */
export const press = (world: World, keys: readonly string[], state: State = settled(world)): State =>
  keys.reduce((now, key) => searchedOut(reduce(now, { type: 'key', key }, world), world), state)

function searchedOut(state: State, world: World): State {
  let now = state
  while (now.hunt) now = reduce(now, { type: 'hunt' }, world)
  return now
}

export const settled = (world: World): State => reduce(initialState, { type: 'changed' }, world)

export const texts = (lines: readonly Line[]): string[] => lines.map(plain)

/** What a command does to the world after these keys, and what it writes to the terminal. */
export function acting(world: World, name: CommandName, keys: readonly string[], actions: Actions = {}, argument = '') {
  const written: string[] = []
  const suspend = (work: () => Promise<void>): Promise<void> => work()
  const outlets = { actions, write: (bytes: string) => void written.push(bytes), suspend }
  const outcome = commandNamed(name).effect!(press(world, keys), world, outlets, argument)
  return { outcome: outcome as Outcome, later: Promise.resolve(outcome as Outcome), written: written.join('') }
}

/** The screen as text, as it is after these keys. */
export const screenAfter = (world: World, keys: readonly string[]): string =>
  texts(pageOf(press(world, keys), world)).join('\n')
