import type { ConnectionId } from '../model/connection.ts'
import type { BodySide, Exchange, ExchangeId, Header, RequestHead, ResponseHead, Side } from '../model/exchange.ts'
import type { ExchangeEvent, SideEvent } from '../model/exchange-event.ts'
import { foldExchange, newExchange, withPassed } from '../model/fold-exchange.ts'
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
  /** The server's own bodies. */
  server?: { readonly [Of in Side]?: BodyKeeper }
  /** The server's side goes no further, whole or not. */
  serverGone?: true
  /** What is not told of the server's side passed as it came. */
  passes?: true
}

/** Whether a body of the server's side is the client's. */
export type ServerBody = 'same' | 'own'

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
    else if (event.type === 'server-not-asked') delete entry.passes
    this.#change(entry)
  }

  /** The server is asked with this head, and all else of its side is told, too. */
  askServer(entry: Entry, at: number, head: RequestHead): void {
    this.event(entry, { type: 'server-not-asked' }) // what was told before
    entry.server = { request: this.#ownKeeper(entry, 'request'), response: this.#ownKeeper(entry, 'response') }
    this.event(entry, { type: 'server-request', at, head: maskedHead(head) })
  }

  /** The server is asked with this head; its body is the client's or its `own`, and all else is told, or passes as it came. */
  serverRequest(entry: Entry, at: number, head: RequestHead, body: ServerBody): void {
    entry.passes = true
    this.event(entry, { type: 'server-request', at, head: maskedHead(head) })
    this.#serverBodyIs(entry, 'request', body)
  }

  /** As for the request. Where nothing was told of that, it passed as it came. */
  serverResponse(entry: Entry, at: number, head: ResponseHead, body: ServerBody): void {
    const { server, request } = entry.exchange
    if (typeof server !== 'object') this.serverRequest(entry, request.headAt, request.head, 'same')
    this.event(entry, { type: 'server-side', event: { type: 'response-head', at, head } })
    this.#serverBodyIs(entry, 'response', body)
  }

  /** The server's message is whole. Its own body is kept at once: the client may wait for what becomes of it. */
  serverEnded(entry: Entry, at: number, side: Side, trailers?: readonly Header[]): void {
    this.event(entry, { type: 'server-side', event: { type: 'ended', side, at, ...(trailers && { trailers }) } })
    this.#keepOwn(entry, side)
  }

  /**
   * Writes an exchange to which nothing more will happen at once: what waits for the tick costs the heap its youth. What
   * comes of it all the same is written with the next tick, but no bodies of the server's.
   */
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

  #write({ exchange, request, response, passes }: Entry): void {
    this.#store.exchange(passes ? withPassed(exchange) : exchange, request.take(), response.take())
    this.#written.push(exchange.id)
  }

  #keeper(id: ExchangeId, side: BodySide): BodyKeeper {
    return new BodyKeeper((offset, bytes) => this.#store.body(id, side, offset, bytes))
  }

  #ownKeeper({ exchange }: Entry, side: Side): BodyKeeper {
    return this.#keeper(exchange.id, `server-${side}`)
  }

  #serverBodyIs(entry: Entry, side: Side, body: ServerBody): void {
    if (body === 'own') entry.server = { ...entry.server, [side]: entry.server?.[side] ?? this.#ownKeeper(entry, side) }
    else if (!entry.server?.[side]) this.event(entry, { type: 'same-body', side })
  }

  #body(entry: Entry, side: Side, bytes: Uint8Array): void {
    const length = this.#unkept(entry[side], bytes)
    if (length > 0) entry.exchange = foldExchange(entry.exchange, { type: 'body-unkept', side, length })
  }

  #serverBody(entry: Entry, event: SideEvent): void {
    if (event.type === 'body-dropped') entry.server?.[event.side]?.skip(event.length)
    if (event.type !== 'body') return
    const { side, bytes } = event
    const keeper = entry.server?.[side]
    const length = keeper ? this.#unkept(keeper, bytes) : bytes.length
    const unkept = { type: 'body-unkept', side, length } as const
    if (length > 0) entry.exchange = foldExchange(entry.exchange, { type: 'server-side', event: unkept })
  }

  #unkept(keeper: BodyKeeper, bytes: Uint8Array): number {
    const limit = this.skipBodies || !this.#store.keepsBodies ? 0 : this.#limits.body
    return bytes.length - keeper.push(bytes, limit)
  }

  /** A small body is kept once where both sides have it. */
  #settle(entry: Entry, server: NonNullable<Entry['server']>): void {
    for (const side of ['request', 'response'] as const) {
      const own = server[side]
      if (own?.equals(entry[side])) this.event(entry, { type: 'same-body', side })
      else this.#keepOwn(entry, side)
    }
    delete entry.server
  }

  #keepOwn({ exchange, server }: Entry, side: Side): void {
    const bytes = server?.[side]?.take()
    if (bytes) this.#store.body(exchange.id, `server-${side}`, 0, bytes)
  }
}
