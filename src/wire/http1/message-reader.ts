import type { Fault, FaultCode } from '../fault.ts'
import { GrowingBytes } from '../growing-bytes.ts'
import { latin1 } from '../latin1.ts'
import { ChunkedReader } from './chunked-reader.ts'
import type { FieldLine } from './field-lines.ts'
import type { After, Framing } from './framing.ts'
import { HeadReader } from './head-reader.ts'
import { type MessageState, next, type Step } from './message-state.ts'
import { isTokenByte } from './token.ts'

export interface MessageSink {
  /** A whole head, latin1. The answer says what follows it; undefined when it is no head. */
  head(text: string): Framing | undefined
  /** A view of body bytes, good until the call returns. */
  body(bytes: Uint8Array): void
  /**
   * For who forwards them: a view of the same bytes as they came, with the chunked coding and its trailers, and of what
   * follows where this direction cannot be read any more.
   */
  framed?(bytes: Uint8Array): void
  /** Bytes that nobody kept, of a body or of the protocol after an upgrade. */
  dropped(length: number): void
  /** A message begins behind bytes that nobody kept, among which the one before it ended, and others may have passed. */
  resumed?(): void
  end(trailers: readonly FieldLine[] | undefined): void
  /** Bytes of the protocol that the connection was upgraded to. */
  raw(bytes: Uint8Array): void
  fault(fault: Fault): void
}

export type { MessageState } from './message-state.ts'

/** Bytes kept while the answer to an Upgrade or CONNECT is awaited. */
const maxHeld = 256 * 1024

/** Reads the messages of one direction of an HTTP/1.x connection (RFC 9112). Never throws on input. */
export class MessageReader {
  readonly #sink: MessageSink
  readonly #isStart: (byte: number) => boolean
  readonly #start: RegExp
  #head = new HeadReader()
  #state: MessageState = 'head'
  #after: After = 'next'
  /** Bytes of a `length` body that have not come. */
  #left = 0
  #chunked: ChunkedReader | undefined
  /** Behind missing bytes: the first of what may be a message. */
  #first: GrowingBytes | undefined
  /** Bytes that nobody kept, for which a message is passed over. */
  #missing = 0
  readonly #held = new GrowingBytes()

  constructor(kind: 'request' | 'response', sink: MessageSink) {
    this.#sink = sink
    this.#isStart = kind === 'request' ? isTokenByte : isH
    this.#start = kind === 'request' ? requestStart : /^HTTP\/1\.\d \d{3}/
  }

  get state(): MessageState {
    return this.#state
  }

  /** Nothing of the next message has come. */
  get between(): boolean {
    return this.#state === 'head' && this.#head.length === 0
  }

  /** Bytes kept behind a message that holds. */
  get held(): number {
    return this.#held.length
  }

  /** Bytes kept of a head that is not whole, and behind a message that holds. */
  get kept(): number {
    return this.#head.length + this.#held.length
  }

  /** Gives up what was kept behind a message that holds; nothing is read from here on. */
  takeHeld(): Uint8Array {
    this.#step('lose')
    return this.#held.take()
  }

  push(bytes: Uint8Array): void {
    let at = 0
    while (at < bytes.length) {
      switch (this.#state) {
        case 'head':
          at = this.#readHead(bytes, at)
          break
        case 'length':
          at = this.#readLength(bytes, at)
          break
        case 'chunked':
          at = this.#readChunked(bytes, at)
          break
        case 'until-close':
          this.#sink.framed?.(bytes.subarray(at))
          this.#sink.body(bytes.subarray(at))
          return
        case 'held':
          this.#hold(bytes, at)
          return
        case 'closed':
          if (bytes.subarray(at).every(isLineEnd)) return
          this.#lose('http1/bytes-after-close')
          return
        case 'raw':
          this.#sink.raw(bytes.subarray(at))
          return
        case 'missed':
          this.#seek(bytes.subarray(at))
          return
        case 'lost':
          this.#sink.framed?.(bytes.subarray(at))
          return
      }
    }
  }

  /** `length` bytes passed that nobody kept: fine inside a body, else what follows is passed over until a message begins. */
  gap(length: number): void {
    if (length <= 0 || this.#state === 'lost') return
    if (this.#state === 'length') this.#gapInBody(length)
    else if (this.#state === 'until-close' || this.#state === 'raw') this.#sink.dropped(length)
    else if (this.#state === 'chunked' && this.#chunked!.drop(length)) this.#sink.dropped(length)
    else this.#miss(length)
  }

  #gapInBody(length: number): void {
    const part = Math.min(length, this.#left)
    this.#sink.dropped(part)
    this.#left -= part
    if (this.#left === 0) this.#ends(undefined)
    this.gap(length - part)
  }

  #miss(length: number): void {
    this.#passOver(length)
    this.#first = new GrowingBytes()
    this.#missing = this.#state === 'missed' ? this.#missing + length : length
    if (this.#state === 'missed') return
    this.#sink.fault({ code: 'http1/gap', detail: `${length} bytes where a message’s framing stood` })
    this.#held.take()
    this.#step('miss')
  }

  /** Of a chunked body, with some framing among it. */
  #passOver(length: number): void {
    if (this.#chunked) this.#sink.dropped(length)
  }

  /** What comes next answers the other side, or speaks to it anew: behind missing bytes a message may begin there. */
  turn(): void {
    if (this.#state === 'missed') this.#first = new GrowingBytes()
  }

  #seek(bytes: Uint8Array): void {
    if (!this.#first) return this.#passOver(bytes.length)
    this.#first.append(bytes)
    if (this.#first.length < startBytes) return
    const first = this.#first.take()
    this.#first = undefined
    if (!this.#start.test(latin1(first, 0, startBytes))) return this.#passOver(first.length)
    this.#chunked = undefined
    this.#head = new HeadReader()
    this.#step('next')
    this.#sink.resumed?.()
    this.push(first)
  }

  /** No more bytes will come. */
  finish(): void {
    if (this.#state === 'until-close') this.#ends(undefined)
    else if (this.#state === 'head' && this.#head.length > 0) this.#lose('http1/incomplete-message', 'in its head')
    else if (this.#state === 'length')
      this.#lose('http1/incomplete-message', `${this.#left} bytes before the end of its body`)
    else if (this.#state === 'chunked') this.#lose('http1/incomplete-message', 'before its last chunk')
  }

  /** What was asked for in a message that holds was not granted: HTTP goes on. */
  release(): void {
    if (this.#state === 'held') this.#goOn('next')
    else if (this.#after === 'hold') this.#after = 'next'
  }

  /** Everything from here on belongs to another protocol. */
  upgrade(): void {
    const { state } = this
    if (state === 'held' || state === 'missed' || this.between) this.#goOn('upgrade')
    else if (state !== 'lost') this.#lose('http1/early-upgrade')
    if (state === 'missed') this.#sink.dropped(this.#missing) // its beginning may be among them
  }

  #goOn(step: 'next' | 'upgrade'): void {
    const held = this.#held.take()
    this.#step(step)
    this.push(held)
  }

  #readHead(bytes: Uint8Array, from: number): number {
    let at = from
    if (this.#head.length === 0) {
      // RFC 9112 2.2: empty lines before a request line are passed over.
      while (at < bytes.length && isLineEnd(bytes[at]!)) at++
      if (at === bytes.length) return at
      if (!this.#isStart(bytes[at]!)) {
        this.#lose('http1/not-http', `byte 0x${bytes[at]!.toString(16).padStart(2, '0')} cannot start a message`)
        return at
      }
    }
    const end = this.#head.push(bytes, at)
    if (end === -1) return bytes.length
    if (end === -2) {
      this.#lose('http1/head-too-large', 'a head over 1 MB')
      return bytes.length
    }
    const framing = this.#sink.head(this.#head.text)
    if (framing === undefined) this.#step('lose')
    else this.#begin(framing)
    return end
  }

  #begin(framing: Framing): void {
    if (framing.faults) for (const fault of framing.faults) this.#sink.fault(fault)
    this.#after = framing.after
    switch (framing.body) {
      case 'interim':
        return
      case 'none':
        this.#ends(undefined)
        return
      case 'length':
        this.#left = framing.length
        this.#step('length')
        return
      case 'chunked':
        this.#chunked = new ChunkedReader(this.#sink)
        this.#step('chunked')
        return
      case 'until-close':
        this.#step('until-close')
        return
      case 'unknown':
        this.#step('lose')
    }
  }

  #readLength(bytes: Uint8Array, at: number): number {
    const end = Math.min(bytes.length, at + this.#left)
    this.#left -= end - at
    this.#sink.framed?.(bytes.subarray(at, end))
    this.#sink.body(at === 0 && end === bytes.length ? bytes : bytes.subarray(at, end))
    if (this.#left === 0) this.#ends(undefined)
    return end
  }

  #readChunked(bytes: Uint8Array, at: number): number {
    const end = this.#chunked!.push(bytes, at)
    this.#sink.framed?.(end < 0 ? bytes.subarray(at) : bytes.subarray(at, end))
    if (end === -1) return bytes.length
    if (end === -2) {
      this.#step('lose')
      return bytes.length
    }
    const { trailers } = this.#chunked!
    this.#chunked = undefined
    this.#ends(trailers)
    return end
  }

  #ends(trailers: readonly FieldLine[] | undefined): void {
    this.#sink.end(trailers)
    // The sink may have been told meanwhile what follows.
    this.#step(this.#after)
  }

  #hold(bytes: Uint8Array, from: number): void {
    if (this.#held.length + bytes.length - from <= maxHeld) this.#held.append(bytes, from)
    else this.#lose('http1/held-too-much', 'over 256 KB')
  }

  #lose(code: FaultCode, detail?: string): void {
    this.#sink.fault({ code, detail })
    this.#step('lose')
  }

  #step(step: Step): void {
    this.#state = next(this.#state, step)
  }
}

const startBytes = 12 // of `HTTP/1.1 200`
const requestStart = /^(GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS|CONNECT|TRACE) ./
const isH = (byte: number): boolean => byte === 72
const isLineEnd = (byte: number): boolean => byte === 13 || byte === 10
