import type { Duplex } from 'node:stream'
import type { Target } from '../../../model/connection.ts'
import { connectRefused } from '../../../problem/from-other-proxy.ts'
import type { Problem } from '../../../problem/problem.ts'
import { type Framing, responseFraming } from '../../../wire/http1/framing.ts'
import { MessageReader } from '../../../wire/http1/message-reader.ts'
import { readResponseHead } from '../../../wire/http1/start-line.ts'
import type { AskedProxy } from '../../dial/asked-proxy.ts'

/** What is told of a connection to an origin. The bytes stay as they are: no reader uses their memory again. */
export interface OriginListener {
  /** A response head, latin1. False where it may not be passed on. */
  head(origin: OriginConnection, text: string, status: number): boolean
  bytes(origin: OriginConnection, bytes: Uint8Array): void
  /** A response is over. `last`: the connection carries no other. */
  responded(origin: OriginConnection, last: boolean): void
  /** What it says is no HTTP, or its end is unknown: `bytes` go on. */
  unreadable(origin: OriginConnection): void
  /** It takes more bytes again. */
  drained(): void
  /** It has ended; `error` where it was reset. */
  ended(origin: OriginConnection, error?: NodeJS.ErrnoException): void
}

/** A request, and its place among all of its client. */
export interface Asked {
  readonly method: string
  readonly place: number
}

const mostQueued = 256 * 1024 // bytes that wait for the dial

/**
 * One client's own connection to one origin: what is sent waits for the dial, and what comes is cut into responses.
 * It reads while it is its turn to answer, or while nothing is asked, to notice that the origin leaves.
 */
export class OriginConnection {
  readonly target: Target
  /** The requests whose responses are not over, oldest first. */
  readonly asked: Asked[] = []
  /** Set where another proxy is asked in its place. */
  askedProxy: AskedProxy | undefined
  /** What the other proxy wants of Parley: the client has nothing to do with it. */
  refusal: Problem | undefined
  /** Responses that it has given. */
  answered = 0
  #stream: Duplex | undefined
  #queued: (Uint8Array | { readonly head: string })[] | undefined = []
  #queuedBytes = 0
  #turn = false
  /** The response that is being read is the last. */
  #last = false
  #gone = false
  #finished = false
  #unreadable = false
  #error: NodeJS.ErrnoException | undefined
  readonly #listener: OriginListener
  readonly #reader: MessageReader

  constructor(target: Target, listener: OriginListener) {
    this.target = target
    this.#listener = listener
    this.#reader = new MessageReader('response', {
      head: text => this.#head(text),
      body: () => {},
      framed: bytes => listener.bytes(this, bytes),
      dropped: () => {},
      end: () => this.#responseEnds(),
      raw: bytes => listener.bytes(this, bytes),
      fault: () => {}, // the observer names it
    })
  }

  /** Whether it will take another request. */
  get usable(): boolean {
    return !this.#gone && this.#reader.state !== 'closed' && this.#reader.state !== 'lost'
  }

  /** The dial has come through. */
  connected(stream: Duplex, askedProxy?: AskedProxy): void {
    this.#stream = stream
    this.askedProxy = askedProxy
    stream.on('error', (error: NodeJS.ErrnoException) => {
      this.#error = error
    })
    stream.on('data', (chunk: Buffer) => this.#read(chunk))
    stream.on('end', () => this.#ends())
    stream.on('close', () => this.#ends())
    stream.on('drain', () => this.#listener.drained())
    const queued = this.#queued ?? []
    this.#queued = undefined
    for (const said of queued) 'head' in said ? this.writeHead(said.head) : stream.write(said)
    if (this.#finished) stream.end()
    this.#flow()
    this.#listener.drained()
  }

  /** Keeps the bytes themselves. False where the client should wait until it has `drained`. */
  write(bytes: Uint8Array): boolean {
    if (this.#gone) return true
    if (!this.#queued) return this.#stream!.write(bytes)
    this.#queued.push(bytes)
    this.#queuedBytes += bytes.length
    return this.#queuedBytes < mostQueued
  }

  /** The head of a request, latin1, as it is for the origin itself. */
  writeHead(head: string): boolean {
    if (this.#queued) {
      this.#queued.push({ head })
      return true
    }
    return this.write(Buffer.from(this.askedProxy?.headFor(head) ?? head, 'latin1'))
  }

  /** The client says no more. */
  finish(): void {
    this.#finished = true
    this.#stream?.end()
  }

  /** Its next response is the client's next. */
  listen(): void {
    this.#turn = true
    this.#reader.release()
    this.#flow()
  }

  pause(): void {
    this.#stream?.pause()
  }
  resume(): void {
    this.#flow()
  }

  destroy(): void {
    this.#gone = true
    this.#stream?.destroy()
  }

  #flow(): void {
    if (this.#turn || this.asked.length === 0) this.#stream?.resume()
    else this.#stream?.pause()
  }

  #read(chunk: Buffer): void {
    if (this.#gone) return
    this.#reader.push(chunk)
    // Nobody asked for it. Passed on, it would be the answer to whatever this client asks next, of any origin.
    if (this.asked.length === 0 && this.#reader.held > 0) this.destroy()
    if (this.#reader.state !== 'lost' || this.#unreadable) return
    this.#unreadable = true
    this.#listener.unreadable(this)
  }

  #head(text: string): Framing | undefined {
    const head = readResponseHead(text)
    const method = this.asked[0]?.method
    if (head?.status === 407 && this.askedProxy) {
      this.refusal = connectRefused(this.askedProxy.via, head.status, '')
      return undefined
    }
    if (!head || method === undefined || !this.#listener.head(this, text, head.status)) return undefined
    const framing = responseFraming(head, method)
    this.#last = framing.after === 'close'
    return framing.after === 'next' ? { ...framing, after: 'hold' } : framing
  }

  #responseEnds(): void {
    this.asked.shift()
    this.answered++
    this.#turn = false
    this.#listener.responded(this, this.#last)
    this.#flow()
  }

  #ends(): void {
    if (this.#gone) return
    this.#reader.finish()
    this.#gone = true
    this.#listener.ended(this, this.#error)
    this.#stream?.destroy()
  }
}
