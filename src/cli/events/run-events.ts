import type { Filter } from '../../filter/ast.ts'
import type { Changes } from '../../model/changes.ts'
import type { ConnectionId } from '../../model/connection.ts'
import { type ExchangeId, hasEnded } from '../../model/exchange.ts'
import type { Problem } from '../../model/problem.ts'
import type { Capture } from '../../store/capture.ts'
import type { FlowRow } from '../../store/queries.ts'
import { connectionSummary, type Told } from '../../view/json/event-json.ts'
import { flowJson } from '../../view/json/flow-json.ts'
import { BoundedMap, BoundedSet } from '../../wire/bounded-map.ts'

type Source = Pick<Capture, 'connection' | 'exchange' | 'flows'>

const mostRemembered = 10_000 // of what has ended; what is far behind cannot change any more

/** Makes events of the changes of a capture: each flow and connection begins once and ends once, each problem is told once. */
export class RunEvents {
  readonly #tell: (event: Told) => void
  /** What has begun and not ended: as many as there are at a time. */
  readonly #running = { flows: new Set<ExchangeId>(), connections: new Set<ConnectionId>() }
  readonly #ended = {
    flows: new BoundedSet<ExchangeId>(mostRemembered),
    connections: new BoundedSet<ConnectionId>(mostRemembered),
  }
  /** How many problems of it have been told, by `#flow` or `cconnection`. */
  readonly #problems = new BoundedMap<string, number>(mostRemembered)

  constructor(tell: (event: Told) => void) {
    this.#tell = tell
  }

  /** What has changed, as the capture has it now. */
  hear(capture: Source, { flows, connections }: Changes): void {
    for (const id of connections) this.#connectionOpened(capture, id)
    for (const id of flows) this.#exchange(capture, id)
    for (const id of connections) this.#connection(capture, id)
  }

  /** The rest, when nothing more is recorded. */
  finish(capture: Source): void {
    this.hear(capture, { flows: [...this.#running.flows], connections: [...this.#running.connections] })
    for (const id of this.#running.flows) this.#end(capture, 'flows', id)
    for (const id of this.#running.connections) this.#end(capture, 'connections', id)
  }

  #connectionOpened(capture: Source, id: ConnectionId): void {
    const connection = this.#isNew('connections', id) && capture.connection(id)
    if (!connection) return
    this.#running.connections.add(id)
    this.#tell({ event: 'connection-opened', connection: connectionSummary(connection) })
  }

  #connection(capture: Source, id: ConnectionId): void {
    const connection = capture.connection(id)
    if (!connection) return
    this.#problemsOf(`c${id}`, connection.problems, { connection: id })
    for (const row of capture.flows({ filter: ownFlows(id), limit: 10 })) {
      this.#begin(row)
      if (row.state !== 'running') this.#end(capture, 'flows', row.id)
    }
    if (connection.closed) this.#end(capture, 'connections', id)
  }

  #exchange(capture: Source, id: ExchangeId): void {
    const exchange = capture.exchange(id)
    const row = exchange && this.#isNew('flows', id) && rowOf(capture, id)
    if (row) this.#begin(row)
    if (!exchange) return
    this.#problemsOf(`#${id}`, exchange.problems, { connection: exchange.connection, flow: id })
    if (hasEnded(exchange)) this.#end(capture, 'flows', id)
  }

  #begin(row: FlowRow): void {
    if (!this.#isNew('flows', row.id)) return
    this.#running.flows.add(row.id)
    this.#tell({ event: 'flow-begun', flow: flowJson(row) })
  }

  #end(capture: Source, what: 'flows' | 'connections', id: number): void {
    if (!this.#running[what].delete(id)) return
    this.#ended[what].add(id)
    if (what === 'flows') {
      const row = rowOf(capture, id)
      if (row) this.#tell({ event: 'flow-ended', flow: flowJson(row) })
    } else {
      const connection = capture.connection(id)
      if (connection) this.#tell({ event: 'connection-closed', connection: connectionSummary(connection) })
    }
  }

  #problemsOf(name: string, problems: readonly Problem[], of: { connection: ConnectionId; flow?: ExchangeId }): void {
    const told = this.#problems.get(name) ?? 0
    if (problems.length <= told) return
    this.#problems.set(name, problems.length)
    for (const problem of problems.slice(told)) this.#tell({ event: 'problem', ...of, problem })
  }

  #isNew(what: 'flows' | 'connections', id: number): boolean {
    return !this.#running[what].has(id) && !this.#ended[what].has(id)
  }
}

/** A connection's row of its own: it failed, or carries what is not decoded. */
const ownFlows = (id: ConnectionId): Filter => ({
  type: 'and',
  of: [
    { type: 'flag', name: 'tcp' },
    { type: 'range', name: 'conn', range: { from: { value: id, open: false }, to: { value: id, open: false } } },
  ],
})

const rowOf = (capture: Source, id: ExchangeId): FlowRow | undefined => {
  const [row] = capture.flows({ after: id - 1, before: id + 1, limit: 1 })
  return row
}
