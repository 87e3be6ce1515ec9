import type { Connection, ConnectionId } from '../model/connection.ts'
import type { ConnectionEvent } from '../model/connection-event.ts'
import type { ExchangeId, ExchangeSide } from '../model/exchange.ts'
import type { ExchangeEvent } from '../model/exchange-event.ts'
import { foldConnection, newConnection } from '../model/fold-connection.ts'
import type { HandshakeFacts } from '../model/handshake-facts.ts'
import { hostAndPort } from '../model/host-and-port.ts'
import type { Direction, LegName, Party } from '../model/party.ts'
import type { Problem } from '../model/problem.ts'
import type { PlainObserver, PlainSink } from '../observe/plain.ts'
import { observePlain } from '../observe/plain-observer.ts'
import type { MessageAssembler } from '../observe/websocket/message-assembler.ts'
import type { WireChunk } from '../wire/tls/capture.ts'
import { TransientMap } from '../wire/transient-map.ts'
import type { Entry, ExchangeBook } from './exchange-book.ts'
import { FrameBook } from './frame-book.ts'
import { HelloWatch } from './hello-watch.ts'
import { MessageBook } from './message-book.ts'
import { ServerSides } from './server-sides.ts'
import { isClean, noVerdicts, type Signs, type Verdicts } from './verdicts.ts'

/** What the book needs of the store's writer. */
export interface ConnectionStore {
  nextFlowId(): ExchangeId
  connection(connection: Connection): void
  facts(connection: ConnectionId, facts: HandshakeFacts): void
  connectionFlow(connection: Connection, id: ExchangeId): void
  /** From now on an exchange speaks for it in the list; `row` is the one that it had. */
  spokenFor(connection: ConnectionId, row: ExchangeId | undefined): void
}

/** Streams that are over and that their client may yet refuse: it does so within a round trip. */
const mostRecent = 8

interface State extends Signs {
  connection: Connection
  readonly hellos: HelloWatch
  observer: PlainObserver | undefined
  entries?: Entries
  /** What the servers got of its requests, where they got another thing. */
  sides?: ServerSides
  /** When the server ended its direction, before there was anything to observe. */
  endedEarly?: number
  exchanges: number
  /** Its number in the list, once it has a row there. */
  flow: ExchangeId | undefined
  /** What the engine could not do: what its client is answered now, Parley answers. */
  failure: Problem | undefined
  /** An exchange that failed with it speaks for it in the list. */
  spoken: boolean
}

/** The connections under way: folds their events, lets observers read their content, writes what changed once a tick. */
export class ConnectionBook {
  readonly #store: ConnectionStore
  readonly #exchanges: ExchangeBook
  readonly #frames: FrameBook
  readonly #messages: MessageBook
  readonly #open = new Map<ConnectionId, State>()
  readonly #changed = new Set<State>()
  #verdicts: Verdicts = noVerdicts()

  constructor(store: ConnectionStore, exchanges: ExchangeBook, frames = new FrameBook(), messages = new MessageBook()) {
    this.#store = store
    this.#exchanges = exchanges
    this.#frames = frames
    this.#messages = messages
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
    const { at, by, why } = ending(state.connection, event.at)
    state.observer?.close(at, by, why)
    this.#finish(state)
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
    if (direction === 'to-server' && !state.clientSpoke) this.#speaks(state)
    state.observer ??= this.#observe(state)
    state.observer.push(direction, at, bytes)
  }

  gap(id: ConnectionId, direction: Direction, at: number, length: number): void {
    const state = this.#open.get(id)
    if (!state) return
    if (direction === 'to-server' && !state.clientSpoke) this.#speaks(state)
    state.observer ??= this.#observe(state)
    state.observer.gap(direction, at, length)
    if (direction === 'to-server') state.sides?.lose()
  }

  /** Of a connection that is open and has said something. */
  sides(id: ConnectionId): ServerSides | undefined {
    return this.#open.get(id)?.sides
  }

  contentEnd(id: ConnectionId, direction: Direction, at: number): void {
    const state = this.#open.get(id)
    // After a reset by the client the other direction ends because of it: who ended is told when the connection closes.
    const gone = state?.connection.client.closed
    if (direction === 'to-client' && gone?.by === 'client' && gone.how === 'reset') return
    if (state?.observer) state.observer.end(direction, at)
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
    const nothingYet = { observer: undefined, exchanges: 0, flow: undefined, failure: undefined, spoken: false }
    const state: State = { connection: newConnection(id), ...signs, ...nothingYet }
    this.#open.set(id, state)
    return state
  }

  /** The client's first content: where it came through TLS, it accepted what it was shown. */
  #speaks(state: State): void {
    state.clientSpoke = true
    if (state.connection.client.secureAt !== undefined) this.#verdicts.working.push(state.connection.id)
  }

  /** A connection that is over: it is clean, or its handshakes have to say what went wrong. */
  #judge(state: State): void {
    if (isClean(state.connection, state)) state.connection = { ...state.connection, explained: true }
    else this.#verdicts.doubtful.push(state.connection.id)
  }

  /** What comes through a tunnel has nothing to do with what the connection carried before. */
  #startAnew(state: State): void {
    if (!state.observer) return
    const { at, by, why } = ending(state.connection, state.connection.openedAt)
    state.observer.close(at, by, why)
    this.#finish(state)
    state.observer = undefined
  }

  /** What has not ended by itself. */
  #finish({ entries }: State): void {
    for (const entry of entries?.values() ?? []) this.#exchanges.finish(entry)
  }

  #observe(state: State): PlainObserver {
    const { id, target, client } = state.connection
    const authority = target ? hostAndPort(target) : ''
    const scheme = client.secureAt === undefined ? 'http' : 'https'
    const entries: Entries = new TransientMap()
    const sockets: Sockets = new Map()
    const socketOf = (key: number): MessageAssembler | undefined => {
      const entry = entries.get(key)
      const made = entry && this.#messages.open(entry.exchange.id)
      if (made) sockets.set(key, made)
      return made
    }
    const recent: Entry[] = []
    const rest = this.#resting(state, entries, sockets, recent)
    state.entries = entries
    state.sides = new ServerSides({ scheme, authority }, this.#exchanges, {
      entry: key => entries.get(key),
      told: rest,
    })
    const sink = this.#sink(state, entries, recent, rest)
    const observer = observePlain({ scheme, authority }, client.agreed?.alpn, sink, {
      onFrame: this.#frames.tap(id),
      onMessage: (key, message) => (sockets.get(key) ?? socketOf(key))?.push(message),
    })
    if (state.endedEarly !== undefined) observer.end('to-client', state.endedEarly)
    return observer
  }

  /** Lets go of exchanges that have ended; `recent` are those of streams, the last of them. */
  #resting(state: State, entries: Entries, sockets: Sockets, recent: Entry[]): (key: number, entry: Entry) => void {
    let ended = 0
    return (key, entry) => {
      if (!hasEnded(entry)) return
      sockets.get(key)?.end()
      if (goesOn(entry)) return
      entries.delete(key)
      if (entry.exchange.stream !== undefined) recent[ended++ % mostRecent] = entry
      sockets.delete(key)
      state.sides?.forget(key)
      this.#exchanges.finish(entry)
    }
  }

  #sink(
    state: State,
    entries: Entries,
    recent: readonly Entry[],
    rest: (key: number, entry: Entry) => void,
  ): PlainSink {
    return {
      open: (key, at, head, stream) => {
        state.exchanges++
        const row = state.failure && inTunnel(state) ? this.#spoken(state) : undefined
        entries.set(key, this.#exchanges.open(state.connection.id, at, head, stream, row))
      },
      event: (key, event) => {
        const entry =
          entries.get(key) ?? (event.type === 'aborted' ? recent.find(one => one.exchange.stream === key) : undefined)
        if (!entry) return
        this.#event(state, entry, event)
        rest(key, entry)
      },
      problem: problem => {
        if (problem.blame === 'server' && isRefused(state.connection)) return // Parley's refusal, read as its answer
        this.#fold(state, { type: 'failed', problem })
      },
      protocol: protocol => this.#fold(state, { type: 'protocol-known', protocol }),
    }
  }

  /** On a connection that failed an exchange fails with it, though Parley gives its client a whole answer. */
  #event(state: State, entry: Entry, event: ExchangeEvent): void {
    const { failure } = state
    if (failure && (event.type === 'response-head' || event.type === 'aborted')) {
      entry.standsFor = failure
      this.#spoken(state)
      if (!inTunnel(state)) {
        state.failure = undefined // the next request may reach another server
        this.#exchanges.event(entry, { type: 'problem', problem: failure })
      }
    }
    const { standsFor } = entry
    this.#exchanges.event(entry, standsFor && event.type === 'aborted' ? { ...event, ...failed } : event)
    if (standsFor && event.type === 'ended' && event.side === 'response')
      this.#exchanges.event(entry, { type: 'aborted', at: event.at, by: standsFor.blame, why: byParley, ...failed })
  }

  /** The row that the exchange may take, where the connection had one. */
  #spoken(state: State): ExchangeId | undefined {
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

/** The exchanges under way on one connection, and their WebSockets, by the observer's key. */
type Entries = TransientMap<Entry>
type Sockets = Map<number, MessageAssembler>

/** An HTTP/1 connection that was upgraded: its client may speak on when its server has ended. A stream ends for good. */
const goesOn = ({ exchange }: Entry): boolean => exchange.upgraded !== undefined && exchange.stream === undefined

const hasEnded = ({ exchange, serverGone }: Entry): boolean =>
  exchange.aborted !== undefined ||
  (isOver(exchange) && (typeof exchange.server !== 'object' || serverGone || isOver(exchange.server)))

const isOver = ({ request, response }: ExchangeSide): boolean =>
  request.endedAt !== undefined && response?.endedAt !== undefined

/** There is one server behind it. */
const inTunnel = ({ connection }: State): boolean => connection.entrance === 'connect'

const failed = { how: 'connection-failed' } as const
const byParley = 'Parley answered in the server’s place'

/** A connection has a row of its own in the list when it failed or ended, and no exchange speaks for it. */
function isFlow({ connection, exchanges, spoken }: State): boolean {
  if (connection.problems.length > 0) return !spoken
  const carried = connection.client.bytes !== undefined && connection.client.bytes.toServer > 0
  return exchanges === 0 && carried && (connection.closed !== undefined || connection.treatment === 'pass-through')
}

function ending({ client, upstream }: Connection, at: number): { at: number; by: Party; why: string } {
  const first = [client.closed, upstream?.closed].filter(c => c !== undefined).sort((a, b) => a.at - b.at)
  const end = first.find(c => c.by !== 'parley') ?? first[0]
  if (!end) return { at, by: 'parley', why: 'the connection ended' }
  const who = end.by === 'parley' ? 'Parley' : `the ${end.by}`
  return { at: end.at, by: end.by, why: `${who} ${end.how === 'reset' ? 'reset' : 'closed'} the connection` }
}

/** Parley refused what the client sent, and told it so itself. */
const isRefused = ({ problems }: Connection): boolean => problems.some(({ code }) => code.startsWith('proxy/'))
