import type { ConnectionId } from '../model/connection.ts'
import type { BodySide, Exchange, ExchangeId, RequestHead, Side } from '../model/exchange.ts'
import type { ExchangeEvent, SideEvent } from '../model/exchange-event.ts'
import { foldExchange, newExchange, withServerHead } from '../model/fold-exchange.ts'
import type { Problem } from '../model/problem.ts'
import { BodyKeeper } from './body-keeper.ts'
import { maskedHead } from './masked-head.ts'

/** What the book needs of the store's writer. */
export interface ExchangeStore {
  /** False where there is no more room for bodies. */
  readonly keepsBodies: boolean
  nextFlowId(): ExchangeId
  exchange(exchange: Exchange, requestBody?: Uint8Array, responseBody?: Uint8Array): void
  body(exchange: ExchangeId, side: BodySide, offset: number, bytes: Uint8Array): void
}

export interface Entry {
  exchange: Exchange
  /** Where it stands among those that changed; undefined where it did not. */
  place: number | undefined
  readonly request: BodyKeeper
  readonly response: BodyKeeper
  /** Why its response is Parley's own. */
  standsFor?: Problem
  /** The bodies of the server's side, where all of it has been told. */
  server?: Readonly<Record<Side, BodyKeeper>>
  /** The server's side goes no further, whole or not. */
  serverGone?: true
  /** The head that the server got, where all else is as on the client's side. */
  serverHead?: { readonly at: number; readonly head: RequestHead }
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
    const exchange = newExchange(id, connection, at, maskedHead(head), stream)
    const keeper = (side: Side): BodyKeeper => this.#keeper(id, side)
    const entry: Entry = { exchange, place: undefined, request: keeper('request'), response: keeper('response') }
    this.#change(entry)
    return entry
  }

  event(entry: Entry, event: ExchangeEvent): void {
    entry.exchange = foldExchange(entry.exchange, event)
    if (event.type === 'body') this.#body(entry, event.side, event.bytes)
    else if (event.type === 'body-dropped') entry[event.side].skip(event.length)
    else if (event.type === 'server-side') this.#serverBody(entry, event.event)
    else if (event.type === 'server-not-asked') delete entry.serverHead
    this.#change(entry)
  }

  /** The server is asked with this head; where nothing else is told of its side, all else is as on the client's. */
  askServer(entry: Entry, at: number, asked: RequestHead, told: 'head' | 'all'): void {
    const { id } = entry.exchange
    const head = maskedHead(asked)
    if (told === 'head') {
      entry.serverHead = { at, head }
      return this.#change(entry)
    }
    delete entry.serverHead
    entry.server = { request: this.#keeper(id, 'server-request'), response: this.#keeper(id, 'server-response') }
    this.event(entry, { type: 'server-request', at, head })
  }

  /** Writes an exchange to which nothing more will happen at once: what waits for the tick costs the heap its youth. */
  finish(entry: Entry): void {
    if (entry.server) this.#settle(entry, entry.server)
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

  #write({ exchange, request, response, serverHead }: Entry): void {
    const whole = serverHead ? withServerHead(exchange, serverHead.at, serverHead.head) : exchange
    this.#store.exchange(whole, request.take(), response.take())
    this.#written.push(exchange.id)
  }

  #keeper(id: ExchangeId, side: BodySide): BodyKeeper {
    return new BodyKeeper((offset, bytes) => this.#store.body(id, side, offset, bytes))
  }

  #body(entry: Entry, side: Side, bytes: Uint8Array): void {
    const length = this.#unkept(entry[side], bytes)
    if (length > 0) entry.exchange = foldExchange(entry.exchange, { type: 'body-unkept', side, length })
  }

  #serverBody(entry: Entry, event: SideEvent): void {
    if (event.type === 'body-dropped') entry.server?.[event.side].skip(event.length)
    if (event.type !== 'body' || !entry.server) return
    const { side, bytes } = event
    const length = this.#unkept(entry.server[side], bytes)
    const unkept = { type: 'body-unkept', side, length } as const
    if (length > 0) entry.exchange = foldExchange(entry.exchange, { type: 'server-side', event: unkept })
  }

  #unkept(keeper: BodyKeeper, bytes: Uint8Array): number {
    const limit = this.skipBodies || !this.#store.keepsBodies ? 0 : this.#limits.body
    return bytes.length - keeper.push(bytes, limit)
  }

  /** A small body is kept once where both sides have it. */
  #settle(entry: Entry, server: Readonly<Record<Side, BodyKeeper>>): void {
    for (const side of ['request', 'response'] as const) {
      if (server[side].equals(entry[side])) this.event(entry, { type: 'same-body', side })
      else {
        const bytes = server[side].take()
        if (bytes) this.#store.body(entry.exchange.id, `server-${side}`, 0, bytes)
      }
    }
    delete entry.server
  }
}
