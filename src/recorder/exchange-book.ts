import type { ConnectionId } from '../model/connection.ts'
import type { Exchange, ExchangeId, RequestHead, Side } from '../model/exchange.ts'
import type { ExchangeEvent } from '../model/exchange-event.ts'
import { foldExchange, newExchange } from '../model/fold-exchange.ts'
import type { Problem } from '../model/problem.ts'
import { BodyKeeper } from './body-keeper.ts'

/** What the book needs of the store's writer. */
export interface ExchangeStore {
  /** False where there is no more room for bodies. */
  readonly keepsBodies: boolean
  nextFlowId(): ExchangeId
  exchange(exchange: Exchange, requestBody?: Uint8Array, responseBody?: Uint8Array): void
  body(exchange: ExchangeId, side: Side, offset: number, bytes: Uint8Array): void
}

export interface Entry {
  exchange: Exchange
  /** Where it stands among those that changed; undefined where it did not. */
  place: number | undefined
  readonly request: BodyKeeper
  readonly response: BodyKeeper
  /** Why its response is Parley's own. */
  standsFor?: Problem
}

export interface BookLimits {
  /** Bytes kept of one body. */
  readonly body: number
}

/** The exchanges under way, of all connections: folds their events, and writes what changed once a tick. */
export class ExchangeBook {
  readonly #store: ExchangeStore
  readonly #limits: BookLimits
  /**
   * Not a Set: what comes and goes has a Set make table after table, and one of them that got old keeps those after it
   * and all that they hold for the collector until it looks at everything.
   */
  readonly #changed: Entry[] = []
  #written: ExchangeId[] = []
  /** True while the recorder is behind: bodies pass unkept. */
  skipBodies = false

  constructor(store: ExchangeStore, limits: BookLimits) {
    this.#store = store
    this.#limits = limits
  }

  /** With a number of its own, or that of a row which it takes. */
  open(connection: ConnectionId, at: number, head: RequestHead, stream?: number, id = this.#store.nextFlowId()): Entry {
    const exchange = newExchange(id, connection, at, head, stream)
    const keeper = (side: Side): BodyKeeper =>
      new BodyKeeper((offset, bytes) => this.#store.body(exchange.id, side, offset, bytes))
    const entry: Entry = { exchange, place: undefined, request: keeper('request'), response: keeper('response') }
    this.#change(entry)
    return entry
  }

  event(entry: Entry, event: ExchangeEvent): void {
    entry.exchange = foldExchange(entry.exchange, event)
    if (event.type === 'body') this.#body(entry, event.side, event.bytes)
    else if (event.type === 'body-dropped') entry[event.side].skip(event.length)
    this.#change(entry)
  }

  /** Writes an exchange to which nothing more will happen at once: what waits for the tick costs the heap its youth. */
  finish(entry: Entry): void {
    if (entry.place === undefined) return
    const last = this.#changed.pop()!
    if (last !== entry) this.#changed[entry.place] = last
    last.place = entry.place
    entry.place = undefined
    this.#write(entry)
  }

  /** Writes every exchange that changed, and returns the ids of those written since the last time. */
  write(): ExchangeId[] {
    for (const entry of this.#changed) {
      entry.place = undefined
      this.#write(entry)
    }
    this.#changed.length = 0
    const ids = this.#written
    this.#written = []
    return ids
  }

  #change(entry: Entry): void {
    entry.place ??= this.#changed.push(entry) - 1
  }

  #write({ exchange, request, response }: Entry): void {
    this.#store.exchange(exchange, request.take(), response.take())
    this.#written.push(exchange.id)
  }

  #body(entry: Entry, side: Side, bytes: Uint8Array): void {
    const limit = this.skipBodies || !this.#store.keepsBodies ? 0 : this.#limits.body
    const kept = entry[side].push(bytes, limit)
    const dropped = bytes.length - kept
    if (dropped > 0) entry.exchange = foldExchange(entry.exchange, { type: 'body-unkept', side, length: dropped })
  }
}
