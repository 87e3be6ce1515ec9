import { failureOf } from '../../../problem/codes.ts'
import { leftProblem } from '../../../problem/from-request.ts'
import { type Problem, problemOf } from '../../../problem/problem.ts'
import type { Fault } from '../../../wire/fault.ts'
import { type Framing, requestFraming } from '../../../wire/http1/framing.ts'
import { MessageReader } from '../../../wire/http1/message-reader.ts'
import { type RequestHeadText, readRequestHead } from '../../../wire/http1/start-line.ts'
import { acceptOf } from '../../failure-page.ts'
import type { ContentTap } from '../../socket/content-tap.ts'
import { changesFields, headForOrigin } from './head-for-origin.ts'
import type { OriginConnection, OriginListener } from './origin-connection.ts'
import { Origins, type OriginsHost } from './origins.ts'
import type { RequestTarget } from './request-target.ts'

/** What the relay asks of the entrance. */
export interface CleartextHost extends OriginsHost {
  /** What a request lacks that only some may make. */
  refusal(head: RequestHeadText): Problem | undefined
  /** Where a request goes; the problem where it names no server that may be asked in clear. */
  asked(head: RequestHeadText): RequestTarget | Problem
  /** Answers with the problem, and ends the client's connection unless it is `kept`. `accept` is what the client takes. */
  fail(problem: Problem, accept: string, kept: boolean): void
  /** An answer was cut off, or did not come where the client knows to ask again. */
  cut(problem: Problem): void
  /** What came is no request. */
  refuse(fault: Fault): void
  /** The client asks for a tunnel, and nothing is open any more; `rest` is what it has said behind that. */
  connect(url: string, rest: Uint8Array): void
  /** The server gets this head, latin1, in place of the one of the client's request of that place, from 1; empty: none. */
  rewritten(exchange: number, head: string): void
  /** Nothing is asked: what the client says next may be anything. */
  idle(): void
}

interface Exchange {
  /** Its place among the client's requests, from 1. */
  readonly place: number
  readonly origin: OriginConnection | undefined
  readonly accept: string
  readonly upgrades: boolean
  /** Bytes of its response have gone to the client. */
  begun: boolean
  problem: Problem | undefined
}

const mostWaiting = 100 // requests; more are read when some of them are answered
const mostHeld = 65_536 // bytes behind an Upgrade that is not answered yet

/**
 * One client's requests in clear, each to its origin, and the answers in the order of the requests (RFC 9112 9.3.2).
 * Bodies and responses pass as they came; of a request the head is written for the origin. Connections to origins serve
 * this client alone, so a message that two sides read differently reaches nobody else.
 */
export class CleartextRelay implements OriginListener {
  readonly #client: ContentTap
  readonly #host: CleartextHost
  readonly #requests: MessageReader
  readonly #origins: Origins
  /** Requests without a whole answer, oldest first. */
  readonly #waiting: Exchange[] = []
  /** The request that the client is sending. */
  #sending: Exchange | undefined
  /** The origin to which the connection now belongs, in another protocol. */
  #upgraded: OriginConnection | undefined
  #connect: string | undefined
  #slow = false
  #lastFault: Fault | undefined
  /** Request heads that came whole. */
  heads = 0
  #unreadable = false
  #ended = false
  #over = false

  constructor(client: ContentTap, host: CleartextHost) {
    this.#client = client
    this.#host = host
    this.#origins = new Origins(host, this)
    this.#requests = new MessageReader('request', {
      head: text => this.#request(text),
      body: () => {},
      framed: bytes => this.#send(bytes),
      dropped: () => {},
      end: () => {
        this.#sending = undefined
        if (this.#connect !== undefined) this.#advance()
      },
      raw: bytes => this.#send(bytes),
      fault: fault => {
        this.#lastFault = fault
      },
    })
    client.on('data', (chunk: Buffer) => this.#read(chunk))
    client.on('end', () => this.#clientEnds())
    client.on('close', () => this.end())
    client.on('drain', () => (this.#upgraded ?? this.#waiting[0]?.origin)?.resume())
  }

  /** Nothing is asked, and the connection carries nothing but requests. */
  get idle(): boolean {
    return this.#waiting.length === 0 && !this.#upgraded
  }

  /** Bytes of requests that are kept: a head that is not whole, or what follows an Upgrade. */
  get held(): number {
    return this.#requests.kept
  }

  /** Ends every connection to an origin. */
  end(): void {
    this.#over = true
    this.#origins.destroy()
  }

  /** The dial of an origin has failed. */
  failed(origin: OriginConnection, problem: Problem): void {
    this.#origins.forget(origin)
    for (const exchange of this.#waiting.filter(waiting => waiting.origin === origin)) {
      exchange.problem ??= problem
      this.#host.rewritten(exchange.place, '')
    }
    this.#advance()
  }

  head(_origin: OriginConnection, text: string, status: number): boolean {
    const exchange = this.#waiting[0]
    if (!exchange) return false
    if (status === 101) {
      if (!exchange.upgrades) return false
      this.#upgraded = exchange.origin
    } else if (status >= 200 && exchange.upgrades && this.#connect === undefined) this.#requests.release()
    exchange.begun ||= status >= 200 || status === 101
    this.#answer(Buffer.from(text, 'latin1'))
    if (this.#upgraded) this.#requests.upgrade()
    return true
  }

  bytes(origin: OriginConnection, bytes: Uint8Array): void {
    if (this.#upgraded !== origin && !this.#waiting[0]?.begun) return // what is no HTTP is answered with a problem
    if (!this.#answer(bytes)) origin.pause()
  }

  responded(origin: OriginConnection, last: boolean): void {
    this.#waiting.shift()
    if (this.#upgraded === origin) return
    if (last || (this.#waiting.length === 0 && this.#requests.state === 'closed')) return this.#finish()
    if (!origin.usable) this.#origins.forget(origin)
    this.#advance()
    this.#pace()
  }

  unreadable(origin: OriginConnection): void {
    const exchange = this.#waiting[0]
    if (!exchange || exchange.begun) return
    origin.destroy()
    exchange.problem = origin.refusal ?? problemOf('http/upstream-failed', { detail: 'its answer is not HTTP' })
    this.#advance()
  }

  drained(): void {
    this.#slow = false
    this.#pace()
  }

  ended(origin: OriginConnection, error?: NodeJS.ErrnoException): void {
    this.#origins.forget(origin)
    if (this.#over) return
    this.drained() // nothing waits for it any more
    if (this.#upgraded === origin) return error ? void this.#client.destroy() : this.#finish()
    const left = this.#waiting.filter(exchange => exchange.origin === origin)
    const [first] = left
    if (!first) return
    const problem = leftProblem(first.begun, error)
    // A connection that has answered before may close as the next request arrives: that client knows to ask again.
    if (this.#waiting[0] === first && (first.begun || origin.answered > 0 || this.#ended)) {
      if (!this.#ended) this.#host.cut(problem)
      return error ? void this.#client.destroy() : this.#finish()
    }
    for (const exchange of left) exchange.problem ??= problem
    this.#advance()
  }

  #read(chunk: Buffer): void {
    if (this.#over) return
    this.#requests.push(chunk)
    if (this.#requests.state === 'lost' && !this.#unreadable) this.#lost()
    this.#pace()
  }

  /** What follows is for the origin to judge, where one has the beginning: it goes on as it comes. */
  #lost(): void {
    this.#unreadable = true
    const fault = this.#lastFault
    if (this.#sending || this.#connect !== undefined || !fault || fault.code === 'http1/bytes-after-close') return
    if (this.#waiting.length === 0) {
      this.end()
      return this.#host.refuse(fault)
    }
    const problem = problemOf('proxy/bad-request', { detail: failureOf(fault.code)?.cause })
    this.#waiting.push({ place: this.heads, origin: undefined, accept: '', upgrades: false, begun: false, problem })
  }

  #request(text: string): Framing | undefined {
    const head = readRequestHead(text)
    this.heads++
    if (!head) {
      this.#lastFault = { code: 'http1/not-http' }
      return undefined
    }
    const framing = requestFraming(head)
    const refusal = this.#host.refusal(head)
    if (head.method === 'CONNECT' && !refusal) {
      this.#connect = head.target
      return framing
    }
    const [ambiguous] = (!refusal && framing.faults) || [] // what two sides may read differently goes to nobody
    if (ambiguous) {
      this.#lastFault = ambiguous
      return undefined
    }
    this.#open(head, text, refusal)
    return framing
  }

  #open(head: RequestHeadText, text: string, refusal: Problem | undefined): void {
    const asked = refusal ?? this.#host.asked(head)
    const origin = 'target' in asked ? this.#origins.for(asked.target) : undefined
    const exchange: Exchange = {
      place: this.heads,
      origin,
      accept: acceptOf(head),
      upgrades: head.fields.upgrade !== undefined,
      begun: false,
      problem: 'target' in asked ? undefined : asked,
    }
    this.#waiting.push(exchange)
    this.#sending = exchange
    if ('target' in asked && origin) {
      const sent = headForOrigin(text, asked)
      if (changesFields(text, sent)) this.#host.rewritten(exchange.place, sent)
      origin.asked.push({ method: head.method, place: exchange.place })
      if (!origin.writeHead(sent)) this.#slow = true
    } else this.#host.rewritten(exchange.place, '')
    if (this.#waiting.length === 1) this.#advance()
  }

  #send(bytes: Uint8Array): void {
    const origin = this.#upgraded ?? this.#sending?.origin
    if (origin && !origin.write(bytes)) this.#slow = true
  }

  /** The oldest request without an answer gets its turn. */
  #advance(): void {
    const exchange = this.#waiting[0]
    if (this.#over) return
    if (exchange?.problem) return this.#fail(exchange.problem, exchange)
    if (exchange) return exchange.origin?.listen()
    if (this.#connect !== undefined) return this.#tunnel(this.#connect)
    if (this.#ended) return this.#finish()
    if (this.#requests.between) this.#host.idle()
  }

  #fail(problem: Problem, exchange: Exchange): void {
    const kept = exchange !== this.#sending && this.#requests.between
    if (!kept) this.end()
    this.#host.fail(problem, exchange.accept, kept)
    if (!kept) return
    this.#waiting.shift()
    this.#advance()
  }

  /** In a later turn: the reader is still at the CONNECT. */
  #tunnel(url: string): void {
    this.end()
    queueMicrotask(() => this.#host.connect(url, this.#requests.takeHeld()))
  }

  #clientEnds(): void {
    this.#ended = true
    this.#requests.finish()
    if (this.#requests.state === 'lost' && !this.#unreadable) this.#lost()
    this.#origins.finish()
    if (this.#waiting.length === 0 && this.#connect === undefined) this.#finish()
  }

  /** The last answer has been given. */
  #finish(): void {
    this.end()
    this.#client.destroySoon()
  }

  #answer(bytes: Uint8Array): boolean {
    return this.#over || this.#client.write(bytes)
  }

  #pace(): void {
    const full = this.#slow || this.#waiting.length >= mostWaiting || this.#requests.held > mostHeld
    if (full) this.#client.pause()
    else if (!this.#over) this.#client.resume()
  }
}
