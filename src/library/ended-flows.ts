import type { Filter } from '../filter/ast.ts'
import type { Changes } from '../model/changes.ts'
import type { ConnectionId } from '../model/connection.ts'
import type { ExchangeId } from '../model/exchange.ts'
import type { Capture } from '../store/capture.ts'
import type { FlowRow } from '../store/queries.ts'

const page = 500

/**
 * Tells each flow once, when it has ended and what went wrong with it is known. Flows are looked at when the recorder says
 * that they changed; only those that still run are remembered.
 */
export class EndedFlows {
  readonly #capture: Pick<Capture, 'flows' | 'connection'>
  readonly #filter: Filter
  /** Those that run, with their connection once it is known. */
  readonly #open = new Map<ExchangeId, ConnectionId | undefined>()
  #seen = 0

  constructor(capture: Pick<Capture, 'flows' | 'connection'>, filter: Filter = { type: 'all' }) {
    this.#capture = capture
    this.#filter = filter
  }

  /** All that ended up to now and was not told yet, in order. `last`: nothing more will come, so those that run are told too. */
  *look(changes?: Changes, last = false): Generator<FlowRow> {
    for (const id of this.#changed(changes, last)) {
      const [row] = this.#capture.flows({ after: id - 1, before: id + 1, limit: 1 })
      if (!row) continue
      this.#open.set(id, row.connection)
      if (!last && !this.#hasEnded(row)) continue
      this.#open.delete(id)
      yield* this.#capture.flows({ filter: this.#filter, after: id - 1, before: id + 1, limit: 1 })
    }
    yield* this.#fresh(last)
  }

  #changed(changes: Changes | undefined, last: boolean): readonly ExchangeId[] {
    if (last || !changes) return [...this.#open.keys()]
    const { flows, connections } = changes
    const ids = new Set(flows.filter(id => this.#open.has(id)))
    if (connections.length > 0)
      for (const [id, connection] of this.#open)
        if (connection !== undefined && connections.includes(connection)) ids.add(id)
    return [...ids].sort((a, b) => a - b)
  }

  /** Those past the last one that was seen. */
  *#fresh(last: boolean): Generator<FlowRow> {
    for (;;) {
      const rows = this.#capture.flows({ after: this.#seen, limit: page })
      for (const row of rows) {
        for (let id = this.#seen + 1; id < row.id; id++) this.#open.set(id, undefined) // its number is taken, its row to come
        this.#seen = row.id
        if (!last && !this.#hasEnded(row)) this.#open.set(row.id, row.connection)
        else yield* this.#capture.flows({ filter: this.#filter, after: row.id - 1, before: row.id + 1, limit: 1 })
      }
      if (rows.length < page) return
    }
  }

  #hasEnded({ state, problem, connection }: FlowRow): boolean {
    if (state === 'running') return false
    return !problem || this.#capture.connection(connection)?.explained === true
  }
}
