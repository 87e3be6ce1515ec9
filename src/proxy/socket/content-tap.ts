import type { Socket } from 'node:net'
import { Duplex } from 'node:stream'
import type { ConnectionId, LegClosed } from '../../model/connection.ts'
import type { LegName, Party } from '../../model/party.ts'
import type { Lane } from '../../tape/recording.ts'
import { now, type Tape } from '../ports.ts'
import { CredentialMask } from './credential-mask.ts'

const lingering = 500 // ms
const none = new Uint8Array(0)

/** On which side of TLS a stream that begins so lies; undefined while more bytes are needed. */
export type LayerOf = (first: Buffer) => 'below' | 'above' | undefined

export interface ContentTapOptions {
  /** A socket, or a TLSSocket whose content is wanted. */
  readonly socket: Duplex
  readonly tape: Tape
  readonly connection: ConnectionId
  readonly leg: LegName
}

/**
 * Stands between a socket and an HTTP engine, and shows both directions to the tape.
 * A full Duplex with the few methods of net.Socket that HTTP engines call.
 */
export class ContentTap extends Duplex {
  readonly socket: Duplex
  readonly tape: Tape
  readonly connection: ConnectionId
  received = 0
  sent = 0
  closedBy?: LegClosed
  readonly #peer: Party
  readonly #leg: LegName
  readonly #mask: CredentialMask | undefined
  #inward: Lane
  #outward: Lane
  handedOver = false
  /** Asked with the first bytes: true where somebody else has taken them, and the socket. */
  divert: ((first: Buffer) => boolean) | undefined
  #below = false
  #decide: LayerOf | undefined
  /** What waits for that decision. */
  #undecided: Buffer | undefined
  /** The bytes may be gone when it returns, see shared-read.ts. */
  readonly #onData = (chunk: Buffer) => {
    if (this.received === 0 && this.divert?.(chunk)) return
    if (this.#decide) this.#weigh(chunk, this.#decide)
    else this.#show(this.#inward, chunk, this.received)
    this.received += chunk.length
    if (!this.push(Buffer.from(chunk))) this.socket.pause()
  }
  readonly #onLate = (chunk: Buffer) => {
    this.#show(this.#inward, chunk, this.received)
    this.received += chunk.length
  }
  readonly #onEnd = () => {
    this.#noteClosed(this.#peer, 'fin')
    this.#endExchange()
    this.push(null)
  }
  readonly #onError = (error: Error) => {
    this.#noteClosed(this.#peer, 'reset')
    this.destroy(error)
  }
  readonly #onClose = () => {
    this.destroy()
  }

  constructor({ socket, tape, connection, leg }: ContentTapOptions) {
    super({ allowHalfOpen: true })
    this.socket = socket
    this.tape = tape
    this.connection = connection
    this.#leg = leg
    this.#mask = leg === 'client' ? new CredentialMask() : undefined
    this.#peer = leg === 'client' ? 'client' : 'server'
    this.#inward = { connection, leg, direction: leg === 'client' ? 'to-server' : 'to-client' }
    this.#outward = { connection, leg, direction: leg === 'client' ? 'to-client' : 'to-server' }
    socket.on('data', this.#onData).on('end', this.#onEnd).on('error', this.#onError).on('close', this.#onClose)
    if (leg === 'upstream') socket.on('deaf', (how: LegClosed['how']) => this.#noteClosed(this.#peer, how))
    if (socket.readableEnded) process.nextTick(this.#onEnd) // it ended between two owners, and will not say so again
  }

  /** Decides by the next bytes whether what follows lies below TLS, as a CONNECT and its answer do, or above. */
  sniff(decide: LayerOf): void {
    this.#decide = decide
  }

  /** On the upstream leg: what passes from here on is of this exchange, or of none that is to have a side of its own. */
  carry(exchange: number | undefined): void {
    const { connection } = this
    const of = exchange === undefined ? {} : { exchange }
    this.#inward = { connection, leg: 'upstream', direction: 'to-client', ...of }
    this.#outward = { connection, leg: 'upstream', direction: 'to-server', ...of }
  }

  /** The server has not been asked for this exchange, and may never be. */
  withhold(exchange: number): void {
    const { connection, tape } = this
    tape.head({ connection, leg: 'upstream', direction: 'to-server', exchange }, now(), none)
  }

  /** Lets go of the socket; what it had read and not passed on comes back. */
  handOver(): Buffer {
    const { socket } = this
    this.handedOver = true
    socket.off('data', this.#onData).off('end', this.#onEnd).off('error', this.#onError).off('close', this.#onClose)
    return this.read() ?? Buffer.alloc(0)
  }

  /** Another tap in this one's place, for another reader: what was read and not passed on is the first that it says. */
  successor(): ContentTap {
    const { socket, tape, connection } = this
    const unread = this.handOver()
    const next = new ContentTap({ socket, tape, connection, leg: this.#leg })
    next.received = this.received
    next.sent = this.sent
    if (unread.length > 0) next.unshift(unread)
    this.destroy()
    return next
  }

  override _read(): void {
    this.socket.resume()
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    this.#show(this.#outward, chunk, this.sent)
    this.sent += chunk.length
    this.socket.write(chunk, () => done()) // what is wrong with it the socket says, when it has been read to its end
  }

  override _final(done: () => void): void {
    this.#noteClosed('parley', 'fin')
    this.socket.end(done)
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    if (!this.handedOver) {
      this.#noteClosed('parley', 'fin')
      this.#endExchange()
      this.socket.destroy()
    }
    done(error)
  }

  get remoteAddress(): string | undefined {
    return (this.socket as Socket).remoteAddress
  }
  get remotePort(): number | undefined {
    return (this.socket as Socket).remotePort
  }
  get localPort(): number | undefined {
    return (this.socket as Socket).localPort
  }
  setTimeout(): this {
    return this
  }
  setNoDelay(): this {
    return this
  }
  setKeepAlive(): this {
    return this
  }
  ref(): this {
    return this
  }
  unref(): this {
    return this
  }
  /** Reads off first what the peer still says: a close with bytes unread is a reset, and takes away what was said last (RFC 9112 9.6). */
  destroySoon(): void {
    this.end(() => {
      if (this.closedBy?.by !== 'parley' || this.#leg !== 'client') return this.destroy()
      const timer = setTimeout(() => this.destroy(), lingering)
      this.once('close', () => clearTimeout(timer))
      this.socket.once('end', () => this.destroy())
      this.socket.off('data', this.#onData).on('data', this.#onLate).resume()
    })
  }

  /** Keeps from the tape what may yet lie on either side. */
  #weigh(chunk: Buffer, decide: LayerOf): void {
    const before = this.#undecided?.length ?? 0
    const first = this.#undecided ? Buffer.concat([this.#undecided, chunk]) : chunk
    const layer = decide(first)
    this.#undecided = layer ? undefined : Buffer.from(first)
    if (!layer) return
    this.#decide = undefined
    this.#below = layer === 'below'
    this.#show(this.#inward, first, this.received - before)
  }

  #show(lane: Lane, chunk: Buffer, position: number): void {
    const bytes = this.#mask && lane === this.#inward ? this.#mask.pass(chunk) : chunk
    if (this.#below) this.tape.wire(lane, now(), position, bytes)
    else this.tape.content(lane, now(), bytes)
  }

  /** Its server says no more. */
  #endExchange(): void {
    if (this.#inward.exchange !== undefined) this.tape.contentEnd(this.#inward, now())
  }

  #noteClosed(by: Party, how: LegClosed['how']): void {
    this.closedBy ??= { at: now(), by, how }
    if (this.#undecided) this.#show(this.#inward, this.#undecided, this.received - this.#undecided.length)
    this.#undecided = undefined
  }
}
