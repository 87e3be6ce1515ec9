import type { Changes } from '../../model/changes.ts'
import type { ConnectionId } from '../../model/connection.ts'
import type { Exchange, ExchangeId } from '../../model/exchange.ts'
import type { Capture } from '../../store/capture.ts'
import { SeenIds } from '../seen-ids.ts'

/** A flow that has ended; `first`: its connection was opened for it. */
export interface EndedFlow {
  readonly id: ExchangeId
  readonly first: boolean
}

export interface Ended {
  readonly flows: readonly EndedFlow[]
  readonly connections: readonly { readonly id: ConnectionId; readonly exchanges: readonly ExchangeId[] }[]
}

/** Tells from what changes what has ended, each once. What has not ended is remembered, and nothing else but a bit. */
export class EndedWatch {
  readonly #known = new SeenIds()
  readonly #opened = new SeenIds()
  readonly #gone = new SeenIds()
  readonly #running = new Map<ExchangeId, { readonly first: boolean; readonly connection: ConnectionId }>()
  /** Of connections that have not ended. */
  readonly #exchanges = new Map<ConnectionId, ExchangeId[]>()

  /** `last`: everything has ended. */
  hear(capture: Capture, { flows, connections }: Changes, last = false): Ended {
    const seen = flows.toSorted((a, b) => a - b).flatMap(id => this.#meet(capture, id))
    const closing = connections.filter(id => this.#hasEnded(capture, id))
    const closed = new Set(closing)
    const asked = last || closing.length > 0 ? [...this.#running.keys()] : seen
    const over = asked.filter(id => {
      const running = this.#running.get(id)
      return running && (last || closed.has(running.connection) || isOver(capture.exchange(id)))
    })
    const ended = over.map(id => ({ id, first: this.#running.get(id)!.first }))
    for (const id of over) this.#running.delete(id)
    const leaving = last ? [...new Set([...this.#exchanges.keys(), ...closing])].sort((a, b) => a - b) : closing
    return { flows: ended, connections: leaving.map(id => this.#leave(id)) }
  }

  /** The flow, if it is an exchange that was not told of yet. */
  #meet(capture: Capture, id: ExchangeId): readonly ExchangeId[] {
    if (this.#running.has(id)) return [id]
    const exchange = capture.exchange(id)
    if (!exchange || !this.#known.add(id)) return []
    const { connection } = exchange
    const own = this.#exchanges.get(connection) ?? []
    if (!this.#exchanges.has(connection)) this.#exchanges.set(connection, own)
    own.push(id)
    this.#running.set(id, { first: this.#opened.add(connection), connection })
    return [id]
  }

  #hasEnded(capture: Capture, id: ConnectionId): boolean {
    const connection = capture.connection(id)
    if (!connection) return false
    const isKnown = this.#exchanges.has(id)
    if (!isKnown) this.#exchanges.set(id, [])
    if (connection.closed && connection.explained && this.#gone.add(id)) return true
    if (!isKnown && connection.closed && connection.explained) this.#exchanges.delete(id) // it was told of
    return false
  }

  #leave(id: ConnectionId): Ended['connections'][number] {
    const exchanges = this.#exchanges.get(id) ?? []
    this.#exchanges.delete(id)
    return { id, exchanges }
  }
}

/** What an upgrade led to ends with its connection. */
const isOver = (exchange: Exchange | undefined): boolean =>
  exchange !== undefined &&
  (exchange.aborted !== undefined || (exchange.upgraded === undefined && exchange.response?.endedAt !== undefined))
