import { type ConnectionId, isOwn } from '../model/connection.ts'
import type { ConnectionEvent } from '../model/connection-event.ts'
import type { ExchangeId } from '../model/exchange.ts'
import type { ExchangeEvent } from '../model/exchange-event.ts'
import { hostAndPort } from '../model/host-and-port.ts'
import type { Party } from '../model/party.ts'
import type { PlainContext, PlainObserver, PlainSink } from '../observe/plain.ts'
import { observePlain } from '../observe/plain-observer.ts'
import { TransientMap } from '../wire/transient-map.ts'
import { isOver, serverIsOver } from './acted-sides.ts'
import { type ConnectionState, inTunnel } from './connection-state.ts'
import type { Entry, ExchangeBook } from './exchange-book.ts'
import type { FrameBook } from './frame-book.ts'
import type { MessageBook } from './message-book.ts'
import { RecentEntries } from './recent-entries.ts'
import { ServerSides } from './server-sides.ts'
import type { SocketMessages } from './socket-messages.ts'

/** Streams that are over and that their client may yet refuse: it does so within a round trip. */
const mostRecent = 8
/** Exchanges that are over and of which the relay may tell yet what it did: of streams many end at the same time. */
const mostRecentActed = { streams: 32, oneByOne: 4 }

const failed = { how: 'connection-failed' } as const
const byParley = 'Parley answered in the server’s place'

/** The books that the exchanges of all connections are written in, and whom to tell of this one. */
export interface ConnectionBooks {
  readonly exchanges: ExchangeBook
  readonly frames: FrameBook
  readonly messages: MessageBook
  /** What the content says of the connection itself. */
  tell(id: ConnectionId, event: ConnectionEvent): void
  /** An exchange speaks for the connection in the list; answers with the row that it may take, where there is one. */
  speakFor(state: ConnectionState): ExchangeId | undefined
}

/** The exchanges on one connection, and their WebSockets, by the observer's key: from its content to the books. */
export class ConnectionExchanges {
  readonly observer: PlainObserver
  /** What the servers got of its requests, where they got another thing. */
  readonly sides: ServerSides
  readonly #state: ConnectionState
  readonly #books: ConnectionBooks
  readonly #entries = new TransientMap<Entry>()
  readonly #sockets = new Map<number, SocketMessages>()
  readonly #recent: RecentEntries

  constructor(state: ConnectionState, books: ConnectionBooks) {
    this.#state = state
    this.#books = books
    const { id, target, client, upstream } = state.connection
    const authority = target ? hostAndPort(target) : ''
    const acted = client.agreed?.alpn === 'h2' ? mostRecentActed.streams : mostRecentActed.oneByOne
    this.#recent = new RecentEntries(this.#acts ? acted : mostRecent)
    const { secureAt } = (isOwn(state.connection) ? upstream : client) ?? {}
    const context: PlainContext = { scheme: secureAt === undefined ? 'http' : 'https', authority }
    this.sides = new ServerSides(context, books.exchanges, {
      entry: key => this.#entries.get(key) ?? (this.#acts ? this.#recent.get(key) : undefined),
      socket: key => this.#socketOf(key),
      told: (key, entry) => this.#rest(key, entry),
    })
    this.observer = observePlain(context, client.agreed?.alpn, this.#sink(), {
      onFrame: books.frames.tap(id),
      onMessage: (key, message) => this.#socketOf(key)?.push(message),
    })
    if (state.endedEarly !== undefined) this.observer.end('to-client', state.endedEarly)
  }

  /** The connection is over, or what comes now has nothing to do with what it carried. */
  close(at: number, by: Party, why: string): void {
    this.observer.close(at, by, why)
    const unfinished = [...this.#entries.values(), ...this.#recent.values()]
    for (const entry of unfinished) this.#books.exchanges.finish(entry) // what has not ended by itself
  }

  /** Whether something may be told of its exchanges besides their bytes. */
  get #acts(): boolean {
    const { connection } = this.#state
    return connection.treatment === 'rewrite' || isOwn(connection)
  }

  #socketOf(key: number): SocketMessages | undefined {
    const open = this.#sockets.get(key)
    const entry = this.#entries.get(key)
    if (open || entry?.exchange.upgraded !== 'websocket') return open
    const made = this.#books.messages.open(entry.exchange.id)
    if (made) this.#sockets.set(key, made)
    return made
  }

  /** Lets go of an exchange that has ended; if its server goes on, when others have ended after it. */
  #rest(key: number, entry: Entry): void {
    if (!hasEnded(entry)) return
    this.#sockets.get(key)?.end()
    if (goesOn(entry)) return
    const isNews = this.#entries.get(key) === entry
    this.#entries.delete(key)
    this.#sockets.delete(key)
    if (isNews && (this.#acts || entry.exchange.stream !== undefined)) {
      const gone = this.#recent.add(key, entry)
      if (gone) this.#finish(gone.key, gone.entry)
    }
    if (!this.#acts || serverIsOver(entry)) this.#finish(key, entry)
  }

  #finish(key: number, entry: Entry): void {
    this.sides.forget(key)
    this.#books.exchanges.finish(entry)
  }

  #sink(): PlainSink {
    const state = this.#state
    return {
      open: (key, at, head, stream) => {
        state.exchanges++
        const row = state.failure && inTunnel(state) ? this.#books.speakFor(state) : undefined
        this.#entries.set(key, this.#books.exchanges.open(state.connection.id, at, head, stream, row))
        this.sides.begun(key)
      },
      event: (key, event) => {
        const entry = this.#entries.get(key) ?? (event.type === 'aborted' ? this.#recent.get(key) : undefined)
        if (!entry) return
        this.#event(entry, event)
        this.#rest(key, entry)
      },
      problem: problem => {
        if (problem.blame === 'server' && isRefused(state)) return // Parley's refusal, read as its answer
        this.#books.tell(state.connection.id, { type: 'failed', problem })
      },
      protocol: protocol => this.#books.tell(state.connection.id, { type: 'protocol-known', protocol }),
    }
  }

  /** On a connection that failed an exchange fails with it, though Parley gives its client a whole answer. */
  #event(entry: Entry, event: ExchangeEvent): void {
    const { exchanges } = this.#books
    const { failure } = this.#state
    if (failure && (event.type === 'response-head' || event.type === 'aborted')) {
      entry.standsFor = failure
      this.#books.speakFor(this.#state)
      if (!inTunnel(this.#state)) {
        this.#state.failure = undefined // the next request may reach another server
        exchanges.event(entry, { type: 'problem', problem: failure })
      }
    }
    const { standsFor } = entry
    exchanges.event(entry, standsFor && event.type === 'aborted' ? { ...event, ...failed } : event)
    if (standsFor && event.type === 'ended' && event.side === 'response')
      exchanges.event(entry, { type: 'aborted', at: event.at, by: standsFor.blame, why: byParley, ...failed })
  }
}

/** An HTTP/1 connection that was upgraded: its client may speak on when its server has ended. A stream ends for good. */
const goesOn = ({ exchange }: Entry): boolean => exchange.upgraded !== undefined && exchange.stream === undefined

const hasEnded = (entry: Entry): boolean =>
  entry.exchange.aborted !== undefined || (isOver(entry.exchange) && (entry.passes === true || serverIsOver(entry)))

/** Parley refused what the client sent, and told it so itself. */
const isRefused = ({ connection }: ConnectionState): boolean =>
  connection.problems.some(({ code }) => code.startsWith('proxy/'))
