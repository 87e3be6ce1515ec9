import { ChunkedReader } from '../../../../wire/http1/chunked-reader.ts'
import type { FieldLine } from '../../../../wire/http1/field-lines.ts'
import type { Framing } from '../../../../wire/http1/framing.ts'
import { HeadReader } from '../../../../wire/http1/head-reader.ts'
import { latin1 } from '../../../../wire/latin1.ts'

/** Views are good until the call returns. Together, and in order, their bytes are those that were pushed. */
export interface CutterSink {
  /** A whole head, latin1, and its bytes. The answer says what follows it; undefined when it is no head. */
  head(text: string, bytes: Uint8Array): Framing | undefined
  /** Of a body: as it came, and its parts without the chunked coding. */
  body(framed: Uint8Array, parts: readonly Uint8Array[]): void
  end(trailers: readonly FieldLine[] | undefined): void
  /** Empty lines between messages. */
  between(bytes: Uint8Array): void
  /** What is no message, or no longer, or belongs to another protocol. */
  raw(bytes: Uint8Array): void
}

type State = 'head' | 'length' | 'chunked' | 'until-close' | 'held' | 'raw'

const longestFirstLine = 65_536 // bytes that are awaited before its end tells whether it is HTTP

/** What a request line and a status line may begin with, and how they end. */
const starts = {
  request: /^[!#$%&'*+.^_`|~\w-]{1,64}(?: |$)/,
  response: /^(?:HTTP\/1\.\d|H$|HT$|HTT$|HTTP$|HTTP\/$|HTTP\/1$|HTTP\/1\.$)/,
}
const endOfRequestLine = / HTTP\/1\.\d\r?$/

/**
 * Cuts one direction of an HTTP/1.x connection into messages for somebody who passes them on, and who can stop it behind
 * any piece. MessageReader says more of what is wrong, but cannot be stopped, and loses the bytes between messages.
 */
export class Cutter {
  readonly #kind: 'request' | 'response'
  readonly #sink: CutterSink
  readonly #head = new HeadReader()
  #state: State = 'head'
  #after: Framing['after'] = 'next'
  #left = 0
  #chunked: ChunkedReader | undefined
  #parts: Uint8Array[] = []
  /** Of a head that comes in pieces: its first line, so far. */
  #firstLine = ''
  #stopped = false

  constructor(kind: 'request' | 'response', sink: CutterSink) {
    this.#kind = kind
    this.#sink = sink
  }

  get state(): State {
    return this.#state
  }

  /** Nothing of the next message has come. */
  get between(): boolean {
    return this.#state === 'head' && this.#head.length === 0
  }

  stop(): void {
    this.#stopped = true
  }

  go(): void {
    this.#stopped = false
  }

  /** What follows a message that holds is HTTP, or another protocol. */
  resume(as: 'head' | 'raw'): void {
    if (this.#state === 'held' || (as === 'raw' && this.between)) this.#state = as
    else if (this.#after === 'hold' && as === 'head') this.#after = 'next'
  }

  /** Everything from here on passes as it comes; what was kept of a head goes first. */
  giveUp(): void {
    const kept = this.#head.take()
    this.#state = 'raw'
    if (kept.length > 0) this.#sink.raw(kept)
  }

  /** Answers how many bytes were taken: fewer than there are where it was stopped. */
  push(bytes: Uint8Array): number {
    let at = 0
    while (at < bytes.length && !this.#stopped && this.#state !== 'held') {
      if (this.#state === 'head') at = this.#readHead(bytes, at)
      else if (this.#state === 'length') at = this.#readLength(bytes, at)
      else if (this.#state === 'chunked') at = this.#readChunked(bytes, at)
      else {
        const rest = at === 0 ? bytes : bytes.subarray(at)
        if (this.#state === 'raw') this.#sink.raw(rest)
        else this.#sink.body(rest, [rest])
        at = bytes.length
      }
    }
    return at
  }

  /** No more bytes will come. A body that lasts until then is whole. */
  finish(): void {
    if (this.#state === 'until-close') this.#ends(undefined)
    else if (this.#state === 'head' && this.#head.length > 0) this.giveUp()
  }

  #readHead(bytes: Uint8Array, from: number): number {
    if (this.#head.length === 0) {
      const start = passLineEnds(bytes, from)
      if (start > from) this.#sink.between(bytes.subarray(from, start))
      if (start > from) return start
    }
    const whole = this.#head.length === 0
    const end = this.#head.push(bytes, from)
    if (end === -2) {
      this.giveUp()
      return from
    }
    if (end === -1) {
      this.#judgeStart(bytes, from)
      return bytes.length
    }
    this.#firstLine = ''
    const { text } = this.#head
    const raw = whole ? bytes.subarray(from, end) : Buffer.from(text, 'latin1')
    const framing = this.#sink.head(text, raw)
    if (framing === undefined) {
      this.#state = 'raw'
      this.#sink.raw(raw)
    } else this.#begin(framing)
    return end
  }

  /** Another protocol need not have an empty line, and does not wait for one. */
  #judgeStart(bytes: Uint8Array, from: number): void {
    if (this.#firstLine.endsWith('\n')) return
    const lf = bytes.indexOf(10, from)
    this.#firstLine += latin1(bytes, from, lf < 0 ? bytes.length : lf + 1)
    const line = this.#firstLine
    const isWhole = line.endsWith('\n')
    const mayBe =
      starts[this.#kind].test(line) &&
      (isWhole || line.length < longestFirstLine) &&
      (!isWhole || this.#kind === 'response' || endOfRequestLine.test(line.slice(-12, -1)))
    if (!mayBe) this.giveUp()
  }

  #begin(framing: Framing): void {
    this.#after = framing.after
    switch (framing.body) {
      case 'interim':
        return
      case 'none':
        return this.#ends(undefined)
      case 'chunked':
        this.#chunked = new ChunkedReader({ body: part => void this.#parts.push(part), fault: () => {} })
        this.#state = 'chunked'
        return
      case 'unknown':
        this.#state = 'raw'
        return
      default:
        this.#left = framing.length
        this.#state = framing.body
    }
  }

  #readLength(bytes: Uint8Array, at: number): number {
    const end = Math.min(bytes.length, at + this.#left)
    this.#left -= end - at
    const part = at === 0 && end === bytes.length ? bytes : bytes.subarray(at, end)
    this.#sink.body(part, [part])
    if (this.#left === 0) this.#ends(undefined)
    return end
  }

  #readChunked(bytes: Uint8Array, at: number): number {
    const reader = this.#chunked!
    const read = reader.push(bytes, at)
    const end = read < 0 ? bytes.length : read
    const parts = this.#parts
    this.#parts = []
    this.#sink.body(bytes.subarray(at, end), parts)
    if (read === -2) {
      this.#state = 'raw'
      this.#sink.raw(bytes.subarray(end)) // nothing, but it is known at once
    } else if (read >= 0) this.#ends(reader.trailers)
    return end
  }

  #ends(trailers: readonly FieldLine[] | undefined): void {
    this.#chunked = undefined
    this.#state = 'head' // before it is told, as what follows may be decided by that
    const after = this.#after
    if (after === 'hold') this.#state = 'held'
    else if (after !== 'next') this.#state = 'raw'
    this.#sink.end(trailers)
  }
}

function passLineEnds(bytes: Uint8Array, at: number): number {
  while (at < bytes.length && (bytes[at] === 13 || bytes[at] === 10)) at++
  return at
}
