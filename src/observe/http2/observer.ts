import type { Aborted, Header, Side } from '../../model/exchange.ts'
import type { Direction, Party } from '../../model/party.ts'
import { type Problem, problemOf } from '../../problem/problem.ts'
import { errorName } from '../../wire/http2/names.ts'
import { TransientMap } from '../../wire/transient-map.ts'
import {
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
import type { Http2Listener } from './half.ts'
import { Http2Halves } from './halves.ts'
import { requestHead, responseHead, trailerFaults, unknownRequest, unknownResponse } from './heads.ts'
import {
  badPush,
  closed,
  contentCame,
  contentFault,
  directionOf,
  endedBy,
  endFault,
  expectContent,
  fieldsUnknown,
  isNews,
  maxRunning,
  noError,
  type Running,
  refusal,
  tooManyStreams,
  trailersWithoutEnd,
  whoLeft,
  whoReset,
} from './running.ts'
import { StreamIds } from './stream-ids.ts'
import { isTunnel, may, next } from './stream-state.ts'

/** Tells the exchanges of one HTTP/2 connection from the bytes of both directions. The stream id is the key. */
export class Http2Observer implements PlainObserver {
  readonly #context: PlainContext
  readonly #sink: PlainSink
  readonly #options: PlainOptions
  readonly #halves: Http2Halves
  readonly #running = new TransientMap<Running>()
  readonly #ids = new StreamIds()
  readonly #told = new Set<string>()
  #endedFirst: Direction | undefined // before the other one did
  #clientError = noError // of its GOAWAY
  #at = 0

  constructor(context: PlainContext, sink: PlainSink, options: PlainOptions = {}) {
    this.#context = context
    this.#sink = sink
    this.#options = options
    this.#halves = new Http2Halves(direction => this.#listener(direction), options.onFrame)
  }

  push(direction: Direction, at: number, bytes: Uint8Array): void {
    this.#at = at
    this.#halves.of(direction).push(at, bytes)
  }

  gap(direction: Direction, at: number, length: number): void {
    this.#at = at
    this.#halves.gap(direction, at, length)
  }

  end(direction: Direction, at: number): void {
    this.#endedFirst ??= direction
    const by = direction === 'to-client' && this.#endedFirst === 'to-server' ? 'client' : 'server'
    if (by === 'server') this.#at = at // a client that went first gave up when the last bytes passed
    this.#halves.of(direction).finish()
    if (direction === 'to-client') this.#stop(by, `the ${by} ended the connection before the stream was over`)
  }

  close(at: number, by: Party, why: string): void {
    if (by === 'parley' ? this.#endedFirst : by === 'client' && this.#endedFirst === 'to-client')
      return this.end('to-client', at)
    this.#at = at
    this.#stop(by, why)
  }

  get pause(): Pause {
    return this.#halves.pause(this.#running.size)
  }

  #stop(by: Party, why: string): void {
    for (const running of this.#running.values())
      if (isTunnel(running.state)) {
        for (const side of ['request', 'response'] as const) this.#sideEnds(running, side, undefined)
      } else
        this.#abort(running, whoLeft(endedBy(by, why, this.#clientError), this.#halves.toServer, this.#halves.toClient))
    this.#running.clear()
  }

  #listener(direction: Direction): Http2Listener {
    const fromClient = direction === 'to-server'
    const side: Side = fromClient ? 'request' : 'response'
    return {
      headers: (stream, fields, endStream) =>
        fromClient ? this.#requestFields(stream, fields, endStream) : this.#responseFields(stream, fields, endStream),
      promise: (promised, fields) => this.#promise(direction, promised, fields),
      data: (stream, bytes) => this.#data(direction, side, stream, bytes),
      dropped: (stream, length) => this.#dropped(direction, side, stream, length),
      dataEnds: stream => this.#dataEnds(side, stream),
      reset: (stream, error) => this.#reset(direction, stream, error),
      goaway: (lastStream, error, debug) => this.#goaway(direction, lastStream, error, debug),
      setting: (id, value) => this.#halves.obey(direction, id, value),
      fault: (stream, fault) => this.#fault(direction, this.#running.get(stream), fault),
    }
  }

  #requestFields(stream: number, fields: readonly Header[] | undefined, endStream: boolean): void {
    const running = this.#running.get(stream)
    if (running === undefined) this.#request(stream, fields, endStream)
    else if (may(running.state, 'request-content')) this.#trailers(running, 'request', fields, endStream)
    else this.#fault('to-server', running, closed('HEADERS after the request has ended'))
  }

  #responseFields(stream: number, fields: readonly Header[] | undefined, endStream: boolean): void {
    const running = this.#running.get(stream)
    if (running === undefined) {
      // A stream that is over may still have frames under way; one that was never opened may not.
      if (!this.#ids.used(stream) && !this.#halves.toServer.lost)
        this.#fault('to-client', undefined, { code: 'http2/idle-stream', detail: `HEADERS on stream ${stream}` })
      else this.#late('to-client', 'HEADERS', stream)
      return
    }
    if (may(running.state, 'response-head')) this.#response(running, fields, endStream)
    else if (may(running.state, 'response-content')) this.#trailers(running, 'response', fields, endStream)
    else this.#fault('to-client', running, closed('HEADERS after the response has ended'))
  }

  #promise(direction: Direction, promised: number, fields: readonly Header[] | undefined): void {
    if (direction === 'to-server') this.#fault(direction, undefined, badPush)
    else if (this.#isNew(direction, promised))
      this.#ended(this.#open('promise', promised, fields), 'request', undefined)
  }

  #isNew(direction: Direction, stream: number): boolean {
    const isNew = this.#ids.use(stream, direction)
    if (typeof isNew !== 'boolean') this.#fault(direction, undefined, isNew)
    if (isNew !== true) return false
    if (this.#running.size < maxRunning) return true
    this.#ids.cut(stream)
    this.#fault(direction, undefined, tooManyStreams)
    return false
  }

  #request(stream: number, fields: readonly Header[] | undefined, endStream: boolean): void {
    if (!this.#isNew('to-server', stream)) return this.#late('to-server', 'HEADERS', stream)
    const running = this.#open('request-head', stream, fields)
    if (endStream) this.#sideEnds(running, 'request', undefined)
  }

  #open(step: 'request-head' | 'promise', id: number, fields: readonly Header[] | undefined): Running {
    const judged = fields && requestHead(this.#context, fields)
    const head = judged?.head ?? unknownRequest(this.#context)
    const connect = head.method === 'CONNECT' ? (judged?.protocol ?? 'tunnel') : undefined
    const running: Running = { id, connect, bodiless: head.method === 'HEAD', state: next('idle', step), interim: 0 }
    expectContent(running, 'request', head.headers)
    this.#running.set(id, running)
    this.#sink.open(id, this.#at, head, id)
    this.#judge(step === 'promise' ? 'to-client' : 'to-server', running, judged?.faults)
    return running
  }

  #response(running: Running, fields: readonly Header[] | undefined, endStream: boolean): void {
    const judged = fields && responseHead(fields)
    const head = judged?.head ?? unknownResponse
    if (head.status >= 100 && head.status < 200 && !endStream) {
      if (++running.interim > maxInterim) return this.#fault('to-client', running, tooManyInterim)
      this.#sink.event(running.id, { type: 'informational', head })
    } else {
      running.state = next(running.state, 'response-head')
      if (!running.bodiless && head.status !== 304) expectContent(running, 'response', head.headers)
      this.#sink.event(running.id, { type: 'response-head', at: this.#at, head })
      if (running.connect !== undefined && head.status >= 200 && head.status < 300)
        this.#upgrade(running, running.connect)
    }
    this.#judge('to-client', running, judged?.faults)
    if (endStream) this.#sideEnds(running, 'response', undefined)
  }

  #upgrade(running: Running, protocol: string): void {
    running.state = next(running.state, 'tunnel')
    this.#sink.event(running.id, { type: 'upgraded', protocol })
    if (protocol !== 'websocket') return
    const tell = (problem: Problem) => this.#sink.event(running.id, { type: 'problem', problem })
    running.webSocket = new WebSocketObserver(running.id, tell, this.#options.onMessage)
  }

  #trailers(running: Running, side: Side, fields: readonly Header[] | undefined, ends: boolean): void {
    this.#judge(directionOf(side), running, fields && trailerFaults(fields))
    if (ends) this.#sideEnds(running, side, fields)
    else this.#fault(directionOf(side), running, trailersWithoutEnd)
  }

  #data(direction: Direction, side: Side, stream: number, bytes: Uint8Array): void {
    const running = this.#running.get(stream)
    if (running === undefined) return this.#late(direction, 'DATA', stream)
    if (!this.#mayHaveContent(side, running)) return
    contentCame(running, side, bytes.length)
    if (running.webSocket) running.webSocket.push(direction, this.#at, bytes)
    else this.#sink.event(running.id, { type: 'body', side, at: this.#at, bytes })
  }

  #dropped(direction: Direction, side: Side, stream: number, length: number): void {
    const running = this.#running.get(stream)
    if (running === undefined || !this.#mayHaveContent(side, running)) return
    contentCame(running, side, length)
    if (running.webSocket) running.webSocket.gap(direction, this.#at, length)
    else this.#sink.event(running.id, { type: 'body-dropped', side, at: this.#at, length })
  }

  #dataEnds(side: Side, stream: number): void {
    const running = this.#running.get(stream)
    if (running && side === 'response' && may(running.state, 'response-head'))
      this.#abort(running, endedBy('server', 'the server ended the stream before the response head'))
    else if (running) this.#sideEnds(running, side, undefined)
  }

  /** Frames that come when their stream is over, unless their sender cannot know it yet. */
  #late(direction: Direction, what: string, stream: number): void {
    if (this.#ids.isLate(stream))
      this.#fault(direction, undefined, closed(`${what} on stream ${stream}, which is over`))
  }

  #mayHaveContent(side: Side, running: Running): boolean {
    const fault = contentFault(running, side)
    if (fault) this.#fault(directionOf(side), running, fault)
    return !fault
  }

  #sideEnds(running: Running, side: Side, trailers: readonly Header[] | undefined): void {
    if (!may(running.state, `${side}-end`)) return
    running.state = next(running.state, `${side}-end`)
    this.#ended(running, side, trailers)
  }

  #ended(running: Running, side: Side, trailers: readonly Header[] | undefined): void {
    running.webSocket?.end(directionOf(side))
    const fault = endFault(running, side)
    if (fault) this.#fault(directionOf(side), running, fault)
    this.#sink.event(running.id, { type: 'ended', side, at: this.#at, ...(trailers && { trailers }) })
    if (running.state === 'closed') this.#running.delete(running.id)
  }

  #reset(direction: Direction, stream: number, error: number): void {
    const running = this.#running.get(stream)
    if (running === undefined) return this.#refused(direction, stream, error)
    this.#ids.cut(stream)
    const end = whoReset(direction, error, running, this.#halves.toClient)
    if (end) return this.#abort(running, end)
    for (const side of ['response', 'request'] as const) this.#sideEnds(running, side, undefined)
  }

  /** A client may say that it cannot take a response when it has all of it. */
  #refused(direction: Direction, stream: number, error: number): void {
    const why = refusal(direction, error)
    if (why && this.#ids.isLate(stream)) this.#sink.event(stream, { type: 'aborted', at: this.#at, by: 'client', why })
  }

  #goaway(direction: Direction, lastStream: number, error: number, debug: string): void {
    const by = senderOf(direction)
    const why = `GOAWAY ${errorName(error)}${debug && `: ${debug}`}`
    for (const running of this.#running.values())
      if ((running.id & 1) === (by === 'server' ? 1 : 0) && running.id > lastStream)
        this.#abort(running, endedBy(by, `${why}; the stream was not processed`, error))
    if (by === 'client') this.#clientError = error
    if (error !== noError) this.#fault(direction, undefined, { code: 'http2/goaway', detail: `the ${by} sent ${why}` })
  }

  #abort(running: Running, end: Omit<Aborted, 'at'>): void {
    running.state = next(running.state, 'abort')
    this.#running.delete(running.id)
    this.#ids.cut(running.id)
    this.#sink.event(running.id, { type: 'aborted', at: this.#at, ...end })
  }

  /** `faults` is absent where the fields could not be decoded. */
  #judge(direction: Direction, running: Running, faults: readonly Fault[] | undefined): void {
    for (const fault of faults ?? [fieldsUnknown]) this.#fault(direction, running, fault)
  }

  #fault(direction: Direction, running: Running | undefined, { code, detail }: Fault): void {
    if (running) running.told ??= new Set()
    if (!isNews(running?.told ?? this.#told, `${direction} ${code} ${detail}`)) return
    const problem = problemOf(code, { detail, sender: senderOf(direction) })
    if (running) this.#sink.event(running.id, { type: 'problem', problem })
    else this.#sink.problem(problem)
  }
}
