import type { ResponseHead, Side } from '../../model/exchange.ts'
import type { ExchangeEvent } from '../../model/exchange-event.ts'
import { isKnownForm, requestHeadOf, responseHeadOf } from '../../model/http1-head.ts'
import type { Direction, Party } from '../../model/party.ts'
import { type Problem, problemOf } from '../../problem/problem.ts'
import type { FieldLine } from '../../wire/http1/field-lines.ts'
import { type Framing, hasToken, requestFraming, responseFraming } from '../../wire/http1/framing.ts'
import { MessageReader, type MessageSink } from '../../wire/http1/message-reader.ts'
import { type RequestHeadText, readRequestHead, readResponseHead } from '../../wire/http1/start-line.ts'
import {
  asCancelled,
  type Fault,
  maxInterim,
  type Pause,
  type PlainContext,
  type PlainObserver,
  type PlainOptions,
  type PlainSink,
  senderOf,
  tooManyInterim,
} from '../plain.ts'
import { WebSocketObserver } from '../websocket/observer.ts'
import { knownOnly, maxWaiting, missing, type Running, unseenRequest } from './running.ts'

const serverEnded = 'the server ended the connection before its response was whole'

/** Tells the exchanges of one HTTP/1.x connection from the bytes of both directions. A head's time is when it was whole. */
export class Http1Observer implements PlainObserver {
  keysAreLost = false
  readonly #context: PlainContext
  readonly #sink: PlainSink
  readonly #options: PlainOptions
  readonly #requests: MessageReader
  readonly #responses: MessageReader
  /** Exchanges whose response has not ended, oldest first. */
  readonly #waiting: Running[] = []
  /** The exchange whose request came last. */
  #latest: Running | undefined
  /** The exchange that turned the connection into another protocol. */
  #upgraded: Running | undefined
  #webSocket: WebSocketObserver | undefined
  #endedFirst: Direction | undefined // before the other one did
  /** What was wrong with a response last was the server's doing. */
  #malformed = false
  #missed = false // where a message ends passed among bytes that Parley missed
  #speaker: Direction | undefined
  #count = 0
  #at = 0

  constructor(context: PlainContext, sink: PlainSink, options: PlainOptions = {}) {
    this.#context = context
    this.#sink = knownOnly(sink)
    this.#options = options
    this.#requests = new MessageReader('request', this.#requestSink())
    this.#responses = new MessageReader('response', this.#responseSink())
  }

  push(direction: Direction, at: number, bytes: Uint8Array): void {
    this.#at = at
    const reader = this.#reader(direction)
    if (this.#speaker !== direction) reader.turn()
    this.#speaker = direction
    reader.push(bytes)
  }

  gap(direction: Direction, at: number, length: number): void {
    this.#at = at
    this.#reader(direction).gap(length)
    if (this.#requests.state === 'missed' || this.#requests.state === 'lost') this.keysAreLost = true
  }

  end(direction: Direction, at: number): void {
    this.#endedFirst ??= direction
    if (direction === 'to-client' && this.#isGivenUp()) return this.#giveUp()
    this.#at = at
    const followed = this.#responses.state !== 'lost'
    this.#reader(direction).finish()
    this.#webSocket?.end(direction)
    if (direction === 'to-client') this.#stop('server', serverEnded, followed)
  }

  /** A client that has ended its direction may be answered still. Where it is not, it gave up when the last bytes passed. */
  #giveUp(): void {
    this.#webSocket?.end('to-client')
    const why = 'the client ended the connection before the response was whole'
    this.#stop('client', why, this.#responses.state !== 'lost')
  }

  #isGivenUp(): boolean {
    return this.#endedFirst === 'to-server' && this.#responses.state !== 'until-close'
  }

  close(at: number, by: Party, why: string): void {
    if (by === 'parley' && this.#isGivenUp()) this.#giveUp()
    else if (by !== 'server' && this.#endedFirst === 'to-client') return this.close(at, 'server', serverEnded)
    this.#at = at
    for (const direction of ['to-server', 'to-client'] as const) this.#webSocket?.end(direction)
    this.#stop(by, why, this.#responses.state !== 'lost')
    if (this.#requests.state === 'head') this.#requests.finish() // no exchange stands for half a head
    const latest = this.#latest
    if (latest && !latest.requestEnded && this.#requests.state === 'missed') this.#unrecorded(latest)
    else if (latest && !latest.requestEnded) this.#abort(latest, by, why)
    this.#latest = undefined
  }

  get pause(): Pause {
    const isBetween = this.#requests.between && this.#responses.between && this.#waiting.length === 0
    return isBetween ? 'exchanges' : 'none'
  }

  #reader(direction: Direction): MessageReader {
    return direction === 'to-server' ? this.#requests : this.#responses
  }

  /** No response will go on. `followed`: none was missed because its bytes could not be read. */
  #stop(by: Party, why: string, followed: boolean): void {
    const missed = this.#missed && (!followed || this.#responses.state === 'missed')
    for (const running of this.#waiting) {
      if (running === this.#upgraded) this.#ended(running, 'response', undefined)
      else if (missed) this.#unrecorded(running)
      else if (!followed && this.#malformed)
        this.#abort(running, 'server', 'the response is malformed, so nobody knows where it ends')
      else this.#abort(running, by, followed ? why : `${why}; the response could not be followed`)
    }
    this.#waiting.length = 0
  }

  /** Its end passed among bytes that Parley missed. */
  #unrecorded(running: Running): void {
    const why = missing(running)
    if (why) this.#abort(running, 'parley', why)
    else this.#ended(running, 'response', undefined)
  }

  #abort(running: Running, by: Party, why: string): void {
    running.requestEnded = true
    this.#sink.event(running.key, { type: 'aborted', at: this.#at, by, why, ...asCancelled(by) })
  }

  #requestSink(): MessageSink {
    return {
      head: text => this.#requestHead(text),
      body: bytes => this.#body(this.#sending(), 'request', bytes),
      dropped: length => this.#dropped('to-server', this.#sending(), length),
      resumed: () => this.#requestsResume(),
      end: trailers => {
        const latest = this.#sending()
        if (latest === undefined) return
        latest.requestEnded = true
        this.#ended(latest, 'request', trailers)
      },
      raw: bytes => this.#webSocket?.push('to-server', this.#at, bytes),
      fault: fault => this.#fault('to-server', this.#sending(), fault),
    }
  }

  #responseSink(): MessageSink {
    return {
      head: text => this.#responseHead(text),
      body: bytes => this.#body(this.#waiting[0], 'response', bytes),
      dropped: length => this.#dropped('to-client', this.#waiting[0], length),
      resumed: () => this.#responsesResume(),
      end: trailers => this.#responseEnds(trailers),
      raw: bytes => this.#webSocket?.push('to-client', this.#at, bytes),
      fault: fault => this.#fault('to-client', this.#waiting[0], fault),
    }
  }

  #requestsResume(): void {
    const latest = this.#sending()
    if (!latest) return
    latest.requestEnded = true
    this.#ended(latest, 'request', undefined)
  }

  /** It answers the request that came last, unless several were sent at once. */
  #responsesResume(): void {
    while (this.#waiting.length > 1 || this.#waiting[0]?.responded) this.#unrecorded(this.#waiting.shift()!)
  }

  /** The exchange whose request is not whole. */
  #sending(): Running | undefined {
    return this.#latest?.requestEnded ? undefined : this.#latest
  }

  #requestHead(text: string): Framing | undefined {
    const head = readRequestHead(text)
    if (head === undefined) {
      this.#latest = undefined
      this.#fault('to-server', undefined, { code: 'http1/not-http', detail: `no request line: ${firstLine(text)}` })
      return undefined
    }
    if (this.#waiting.length >= maxWaiting) {
      this.#latest = undefined
      const detail = `over ${maxWaiting}; those after them are not followed`
      this.#fault('to-server', undefined, { code: 'http1/too-many-waiting', detail })
      return undefined
    }
    const key = ++this.#count
    const running = { key, method: head.method, requestEnded: false, responded: false, interim: 0 }
    this.#latest = running
    this.#waiting.push(running)
    this.#sink.open(key, this.#at, requestHeadOf(this.#context, head, text))
    this.#judge(head)
    return requestFraming(head)
  }

  #judge({ method, target, version, fields }: RequestHeadText): void {
    if (fields.hosts === 0 && version !== 'HTTP/1.0') fields.fault('http1/missing-host')
    if (fields.hosts > 1) fields.fault('http1/duplicate-host')
    if (!isKnownForm(method, target)) fields.fault('http1/bad-target')
    if (fields.faults) for (const fault of fields.faults) this.#fault('to-server', this.#latest, fault)
  }

  #responseHead(text: string): Framing | undefined {
    const head = readResponseHead(text)
    if (head && this.#missed && this.#waiting.length === 0) this.#waiting.push(unseenRequest())
    const running = this.#waiting[0]
    if (head === undefined || running === undefined) {
      const code = head === undefined ? 'http1/not-http' : 'http1/response-without-request'
      const detail = head === undefined ? `no status line: ${firstLine(text)}` : firstLine(text)
      // When requests could not be followed, an answer without one is no surprise.
      if (head === undefined || !(this.#missed || this.#requests.state === 'lost'))
        this.#fault('to-client', running, { code, detail })
      return undefined
    }
    const { status, fields } = head
    const [framing, told] = [responseFraming(head, running.method), responseHeadOf(head, text)]
    if (framing.body === 'interim') this.#interim(running, told)
    else {
      running.responded = true
      this.#event(running, { type: 'response-head', at: this.#at, head: told })
      if (framing.after === 'upgrade') this.#upgrade(running, status === 101 ? (fields.upgrade ?? 'unknown') : 'tunnel')
      else if (running === this.#latest) this.#requests.release() // an answer to an earlier one decides nothing
    }
    if (fields.faults) for (const fault of fields.faults) this.#fault('to-client', running, fault)
    return framing
  }

  #interim(running: Running, head: ResponseHead): void {
    if (++running.interim <= maxInterim) this.#event(running, { type: 'informational', head })
    else if (running.interim === maxInterim + 1) this.#fault('to-client', running, tooManyInterim)
  }

  #upgrade(running: Running, protocol: string): void {
    this.#upgraded = running
    const webSocket = hasToken(protocol, 'websocket')
    this.#event(running, { type: 'upgraded', protocol: webSocket ? 'websocket' : protocol })
    if (webSocket) {
      const tell = (problem: Problem) => this.#event(running, { type: 'problem', problem })
      this.#webSocket = new WebSocketObserver(running.key, tell, this.#options.onMessage)
      this.#sink.protocol('websocket')
    }
    this.#requests.upgrade()
  }

  #responseEnds(trailers: readonly FieldLine[] | undefined): void {
    const running = this.#waiting[0]
    // What was upgraded ends with the connection.
    if (running === undefined || running === this.#upgraded) return
    this.#waiting.shift()
    this.#ended(running, 'response', trailers)
  }

  #body(running: Running | undefined, side: Side, bytes: Uint8Array): void {
    if (running) this.#sink.event(running.key, { type: 'body', side, at: this.#at, bytes })
  }

  #dropped(direction: Direction, running: Running | undefined, length: number): void {
    if (this.#upgraded) this.#webSocket?.gap(direction, this.#at, length)
    else if (running) {
      const side = direction === 'to-server' ? 'request' : 'response'
      this.#sink.event(running.key, { type: 'body-dropped', side, at: this.#at, length })
    }
  }

  #ended(running: Running, side: Side, trailers: readonly FieldLine[] | undefined): void {
    const at = this.#at
    this.#sink.event(
      running.key,
      trailers?.length ? { type: 'ended', side, at, trailers } : { type: 'ended', side, at },
    )
  }

  #fault(direction: Direction, running: Running | undefined, { code, detail }: Fault): void {
    const problem = problemOf(code, { detail, sender: senderOf(direction) })
    if (this.#missed && problem.blame !== 'parley') return // behind missing bytes what is read may be no message
    if (direction === 'to-client') this.#malformed = problem.blame === 'server'
    if (code === 'http1/gap') this.#missed = true
    if (running) this.#event(running, { type: 'problem', problem })
    else this.#sink.problem(problem)
  }

  #event(running: Running, event: ExchangeEvent): void {
    this.#sink.event(running.key, event)
  }
}

/** The start of what came instead of a start line; the bytes may be anything, so quoted. */
const firstLine = (text: string): string => JSON.stringify(text.slice(0, Math.min(80, text.indexOf('\n') >>> 0)))
