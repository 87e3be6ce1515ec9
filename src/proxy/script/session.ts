import http, { type ClientRequest, type ServerResponse } from 'node:http'
import { type Duplex, duplexPair } from 'node:stream'
import { destroySoon } from '../socket/destroy-soon.ts'
import type { Conversation } from './script.ts'

/** A conversation that passes through the scripts: the stream for the client, the agent for the server, and its end. */
export class Session {
  readonly conversation: Conversation
  /** What the client's side talks to. */
  readonly outer: Duplex
  /** What http-mitm-proxy takes for its client. */
  readonly inner: Duplex
  readonly agent: OneStreamAgent
  readonly #places = new WeakMap<ServerResponse, number>()
  #count = 0
  #underWay = 0
  #serverEnded = false
  #whenIdle: (() => void) | undefined

  constructor(conversation: Conversation) {
    const [outer, inner] = duplexPair()
    const { upstream, secure } = conversation
    this.conversation = conversation
    this.outer = outer
    this.inner = inner
    this.agent = new OneStreamAgent(upstream, secure)
    upstream.on('error', () => {}) // the request that waits for it says what it means
    for (const end of ['end', 'close']) upstream.once(end, () => this.#serverEnds())
    upstream.resume() // to notice that it ends
    inner.on('error', () => {})
    outer.once('close', () => inner.destroy())
    inner.once('close', () => destroySoon(upstream))
  }

  /** An exchange is under way until its answer is over. */
  begin(answer: ServerResponse): void {
    this.#underWay++
    const place = this.arrive()
    if (place !== undefined) this.#places.set(answer, place)
    answer.once('close', () => {
      this.#underWay--
      this.#rest()
    })
  }

  /** A request has come, which nobody has sent on yet; returns its place among all of the client. */
  arrive(): number | undefined {
    const { upstream, placeOf } = this.conversation
    const place = placeOf(++this.#count)
    if (place !== undefined) upstream.withhold(place)
    return place
  }

  /** The exchange of this answer asks the server: what passes there is its own as soon as it has the stream. */
  ask(asked: ClientRequest, answer: ServerResponse): void {
    const place = this.#places.get(answer)
    asked.once('socket', () => this.conversation.upstream.carry(place))
  }

  /** Calls back when nothing is under way; what comes after it is another protocol’s. */
  whenIdle(then: () => void): void {
    this.#whenIdle = then
    this.#rest()
  }

  #serverEnds(): void {
    this.#serverEnded = true
    this.#rest()
  }

  /** A client that wants to ask more asks anew, on another connection. */
  #rest(): void {
    if (this.#underWay > 0) return
    const switching = this.#whenIdle
    if (!switching) return this.#serverEnded ? void this.inner.end() : undefined
    this.#underWay++ // and it stays so
    switching()
  }
}

/** One client, one upstream connection: every request goes over this stream, one at a time, and never over another. */
class OneStreamAgent extends http.Agent {
  readonly protocol: string
  readonly defaultPort: number
  readonly #stream: Duplex
  #taken = false

  constructor(stream: Duplex, secure: boolean) {
    super({ keepAlive: true, maxSockets: 1, maxTotalSockets: 1 })
    this.protocol = secure ? 'https:' : 'http:'
    this.defaultPort = secure ? 443 : 80
    this.#stream = stream
  }

  override createConnection(_: object, done?: (error: Error | null, stream: Duplex) => void): undefined {
    const isGone = this.#taken || this.#stream.destroyed
    this.#taken = true
    if (isGone) queueMicrotask(() => done?.(new StreamGone(), undefined as never))
    else done?.(null, this.#stream)
    return undefined
  }
}

/** The server's connection is over; a client that asks again gets another. */
export class StreamGone extends Error {
  override readonly message = 'the server has closed the connection'
}
