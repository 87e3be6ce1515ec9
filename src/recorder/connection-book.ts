import type { Connection, ConnectionId } from '../model/connection.ts'
import type { ConnectionEvent } from '../model/connection-event.ts'
import type { ExchangeId, RequestHead } from '../model/exchange.ts'
import { foldConnection, newConnection } from '../model/fold-connection.ts'
import type { HandshakeFacts } from '../model/handshake-facts.ts'
import type { Direction, LegName } from '../model/party.ts'
import type { Pause } from '../observe/plain.ts'
import type { WireChunk } from '../wire/tls/capture.ts'
import { type ConnectionBooks, ConnectionExchanges } from './connection-exchanges.ts'
import { type ConnectionState, ending, isFlow } from './connection-state.ts'
import type { ExchangeBook } from './exchange-book.ts'
import { FrameBook } from './frame-book.ts'
import { HelloWatch } from './hello-watch.ts'
import { MessageBook } from './message-book.ts'
import type { ServerSides } from './server-sides.ts'
import { type ToldExchange, toldExchange } from './told-exchange.ts'
import { isClean, noVerdicts, type Verdicts } from './verdicts.ts'

/** What the book needs of the store's writer. */
export interface ConnectionStore {
  nextFlowId(): ExchangeId
  connection(connection: Connection): void
  facts(connection: ConnectionId, facts: HandshakeFacts): void
  connectionFlow(connection: Connection, id: ExchangeId): void
  /** From now on an exchange speaks for it in the list; `row` is the one that it had. */
  spokenFor(connection: ConnectionId, row: ExchangeId | undefined): void
}

interface State extends ConnectionState {
  /** What its content comes to, once there is some. */
  content: ConnectionExchanges | undefined
}

/** The connections under way: folds their events, lets observers read their content, writes what changed once a tick. */
export class ConnectionBook {
  readonly #store: ConnectionStore
  readonly #books: ConnectionBooks
  readonly #open = new Map<ConnectionId, State>()
  readonly #changed = new Set<State>()
  #verdicts: Verdicts = noVerdicts()

  constructor(store: ConnectionStore, exchanges: ExchangeBook, frames = new FrameBook(), messages = new MessageBook()) {
    this.#store = store
    this.#books = {
      ...{ exchanges, frames, messages },
      tell: (id, event) => {
        const state = this.#open.get(id)
        if (state) this.#fold(state, event)
      },
      speakFor: state => this.#speakFor(state),
    }
  }

  event(id: ConnectionId, event: ConnectionEvent): void {
    const state = event.type === 'opened' ? this.#begin(id) : this.#open.get(id)
    if (!state) return
    this.#fold(state, event)
    if (event.type === 'failed') Object.assign(state, { failure: event.problem, spoken: false })
    if (event.type === 'targeted') state.failure = undefined
    if (event.type === 'recalled') state.hellos.earlier = event.earlier
    if (event.type === 'spoilt') state.spoilt = true
    if (event.type === 'targeted' && event.entrance === 'connect') this.#startAnew(state)
    if (event.type !== 'closed') return
    this.#end(state, event.at)
    this.#open.delete(id)
  }

  /** Bytes below TLS, which may be used again. */
  wire(id: ConnectionId, leg: LegName, direction: Direction, chunk: WireChunk): void {
    const state = this.#open.get(id)
    if (state?.hellos.push(leg, direction, chunk)) this.#changed.add(state)
  }

  content(id: ConnectionId, direction: Direction, at: number, bytes: Uint8Array): void {
    const state = this.#open.get(id)
    if (!state) return
    this.#contentOf(state, direction).observer.push(direction, at, bytes)
  }

  gap(id: ConnectionId, direction: Direction, at: number, length: number): void {
    const state = this.#open.get(id)
    if (!state) return
    const { observer, sides } = this.#contentOf(state, direction)
    observer.gap(direction, at, length)
    if (direction === 'to-server' && observer.keysAreLost) sides.lose()
  }

  /** Of a connection that is open and has said something. */
  sides(id: ConnectionId): ServerSides | undefined {
    return this.#open.get(id)?.content?.sides
  }

  /** What its content stands at, as far as it has been read. */
  pause(id: ConnectionId): Pause {
    return this.#open.get(id)?.content?.observer.pause ?? 'none'
  }

  /** An exchange on a connection that is open, read by somebody else. */
  told(id: ConnectionId, at: number, head: RequestHead, stream?: number): ToldExchange | undefined {
    const state = this.#open.get(id)
    if (!state) return undefined
    state.exchanges++
    const { exchanges, messages } = this.#books
    return toldExchange(exchanges.open(id, at, head, stream), exchanges, messages)
  }

  contentEnd(id: ConnectionId, direction: Direction, at: number): void {
    const state = this.#open.get(id)
    // After a reset by the client the other direction ends because of it: who ended is told when the connection closes.
    const gone = state?.connection.client.closed
    if (direction === 'to-client' && gone?.by === 'client' && gone.how === 'reset') return
    if (state?.content) state.content.observer.end(direction, at)
    else if (state && direction === 'to-client') state.endedEarly = at
  }

  /** Parley stops: what is open ends here. */
  closeAll(at: number): void {
    for (const id of [...this.#open.keys()]) this.event(id, { type: 'closed', at })
  }

  /** Writes every connection that changed, with what its hellos say, and returns their ids. */
  write(): ConnectionId[] {
    const ids: ConnectionId[] = []
    for (const state of this.#changed) {
      const facts = state.hellos.news(state.connection)
      if (state.connection.closed && state.hellos.seen) this.#judge(state)
      this.#store.connection(state.connection)
      if (facts) this.#store.facts(state.connection.id, facts)
      if (state.flow === undefined && isFlow(state)) state.flow = this.#store.nextFlowId()
      if (state.flow !== undefined) this.#store.connectionFlow(state.connection, state.flow)
      ids.push(state.connection.id)
    }
    this.#changed.clear()
    return ids
  }

  /** What was written since the last time, and is to be looked at. */
  takeVerdicts(): Verdicts {
    const verdicts = this.#verdicts
    this.#verdicts = noVerdicts()
    return verdicts
  }

  #begin(id: ConnectionId): State {
    const signs = { hellos: new HelloWatch(), clientSpoke: false, spoilt: false }
    const nothingYet = { content: undefined, exchanges: 0, flow: undefined, failure: undefined, spoken: false }
    const state: State = { connection: newConnection(id), ...signs, ...nothingYet }
    this.#open.set(id, state)
    return state
  }

  #contentOf(state: State, direction: Direction): ConnectionExchanges {
    if (direction === 'to-server' && !state.clientSpoke) this.#speaks(state)
    state.content ??= new ConnectionExchanges(state, this.#books)
    return state.content
  }

  /** The client's first content: where it came through TLS, it accepted what it was shown. */
  #speaks(state: ConnectionState): void {
    state.clientSpoke = true
    if (state.connection.client.secureAt !== undefined) this.#verdicts.working.push(state.connection.id)
  }

  /** A connection that is over: it is clean, or its handshakes have to say what went wrong. */
  #judge(state: ConnectionState): void {
    if (isClean(state.connection, state)) state.connection = { ...state.connection, explained: true }
    else this.#verdicts.doubtful.push(state.connection.id)
  }

  /** What comes through a tunnel has nothing to do with what the connection carried before. */
  #startAnew(state: State): void {
    this.#end(state, state.connection.openedAt)
    state.content = undefined
  }

  #end({ content, connection }: State, at: number): void {
    const end = ending(connection, at)
    content?.close(end.at, end.by, end.why)
  }

  /** The row that the exchange may take, where the connection had one. */
  #speakFor(state: ConnectionState): ExchangeId | undefined {
    const { flow, spoken, connection } = state
    if (spoken) return undefined
    this.#store.spokenFor(connection.id, flow)
    state.spoken = true
    state.flow = undefined
    return flow
  }

  #fold(state: State, event: ConnectionEvent): void {
    state.connection = foldConnection(state.connection, event)
    this.#changed.add(state)
  }
}
