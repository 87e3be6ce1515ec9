import type { ConnectionId } from '../model/connection.ts'
import type { Exchange, ExchangeId, RequestHead, Side } from '../model/exchange.ts'
import type { ExchangeEvent } from '../model/exchange-event.ts'
import { foldExchange, newExchange } from '../model/fold-exchange.ts'
import { BodyKeeper } from './body-keeper.ts'

/** What the book needs of the store's writer. */
export interface ExchangeStore {
  nextFlowId(): ExchangeId
  exchange(exchange: Exchange, requestBody?: Uint8Array, responseBody?: Uint8Array): void
  body(exchange: ExchangeId, side: Side, offset: number, bytes: Uint8Array): void
}

export interface Entry {
  exchange: Exchange
  readonly request: BodyKeeper
  readonly response: BodyKeeper
}

export interface BookLimits {
  /** Bytes kept of one body. */
  readonly body: number
}

/** The exchanges under way, of all connections: folds their events, and writes what changed once a tick. */
export class ExchangeBook {
  readonly #store: ExchangeStore
  readonly #limits: BookLimits
  readonly #changed = new Set<Entry>()
  #written: ExchangeId[] = []
  /** True while the recorder is behind: bodies pass unkept. */
  skipBodies = false

  constructor(store: ExchangeStore, limits: BookLimits) {
    this.#store = store
    this.#limits = limits
  }

  open(connection: ConnectionId, at: number, head: RequestHead, stream?: number): Entry {
    const exchange = newExchange(this.#store.nextFlowId(), connection, at, head, stream)
    const keeper = (side: Side): BodyKeeper =>
      new BodyKeeper((offset, bytes) => this.#store.body(exchange.id, side, offset, bytes))
    const entry = { exchange, request: keeper('request'), response: keeper('response') }
    this.#changed.add(entry)
    return entry
  }

  event(entry: Entry, event: ExchangeEvent): void {
    entry.exchange = foldExchange(entry.exchange, event)
    if (event.type === 'body') this.#body(entry, event.side, event.bytes)
    else if (event.type === 'body-dropped') entry[event.side].skip(event.length)
    this.#changed.add(entry)
  }

  /** Writes an exchange to which nothing more will happen at once: what waits for the tick costs the heap its youth. */
  finish(entry: Entry): void {
    if (this.#changed.delete(entry)) this.#write(entry)
  }

  /** Writes every exchange that changed, and returns the ids of those written since the last time. */
  write(): ExchangeId[] {
    for (const entry of this.#changed) this.#write(entry)
    this.#changed.clear()
    const ids = this.#written
    this.#written = []
    return ids
  }

  #write({ exchange, request, response }: Entry): void {
    request.drain()
    response.drain()
    this.#store.exchange(exchange, request.take(), response.take())
    this.#written.push(exchange.id)
  }

  #body(entry: Entry, side: Side, bytes: Uint8Array): void {
    const limit = this.skipBodies ? 0 : this.#limits.body
    const kept = entry[side].push(bytes, limit)
    const dropped = bytes.length - kept
    if (dropped > 0) entry.exchange = foldExchange(entry.exchange, { type: 'body-unkept', side, length: dropped })
  }
}
