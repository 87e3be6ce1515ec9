import { EventEmitter } from 'node:events'
import type { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import type { TLSSocket } from 'node:tls'
import type { ConnectionId, LegClosed } from '../../model/connection.ts'
import type { LegName, Party } from '../../model/party.ts'
import { now, type Tape } from '../ports.ts'
import { destroySoon } from './destroy-soon.ts'
import type { Sealing } from './hidden-records.ts'
import { RecordFilter } from './record-filter.ts'
import type { WireTap } from './wire-tap.ts'

type Done = (error?: Error | null) => void

const nothing = Buffer.alloc(0)
const mostHeld = 65_536 // bytes; a client that waits for a ServerHello has no more to say than early data

/** RFC 8446 5.2: the type and the tag. */
const sealingOf = (secured: TLSSocket, content: () => number): Sealing => ({
  content,
  overhead: secured.getCipher().name.includes('CCM_8') ? 9 : 17,
})

/** What OpenSSL was given to encrypt; Node's own `bytesWritten` counts what waits as well. */
function writtenTo(secured: TLSSocket): () => number {
  const handle = (secured as unknown as { readonly _handle?: { readonly bytesWritten: number } | null })._handle
  return () => handle?.bytesWritten ?? 0
}

export interface JsTapOptions {
  readonly socket: Duplex
  readonly tape: Tape
  readonly connection: ConnectionId
  readonly leg: LegName
  /** TCP payload bytes that passed before the tap was put on. */
  readonly received?: number
  readonly sent?: number
  /** What was read behind `received`: on the tape already, and to be emitted again. */
  readonly unread?: Buffer
  /** The peer's IP address; that of the socket where it is not said. */
  readonly remoteAddress?: string
}

/**
 * Stands between a TCP socket and the TLSSocket on top of it, and shows every byte below TLS to the tape.
 * Only as much of a stream as Node's JSStreamSocket asks for: a full Duplex costs a quarter more CPU per request.
 */
export class JsTap extends EventEmitter implements WireTap {
  readonly socket: Duplex
  readonly readableObjectMode = false
  readonly allowHalfOpen = true
  readable = true
  writable = true
  closed?: LegClosed
  beforeRead: (() => void) | undefined
  beforeWrite: ((bytes: Buffer) => boolean) | undefined
  readonly #peer: Party
  readonly #remoteAddress: string | undefined
  readonly #received: RecordFilter
  readonly #sent: RecordFilter
  #unread: Buffer | undefined
  /** What its owner wants: `resume` was called after `pause`. */
  #flowing = false
  /** Set while it holds: whom to tell that the peer went. */
  #left: (() => void) | undefined
  #corked = false
  #held: Buffer | undefined
  #heldDone: Done | undefined
  /** The peer's FIN came; told once to the first who listens, because it may come between two owners. */
  #ended = false
  #endTold = false

  constructor({ socket, tape, connection, leg, received = 0, sent = 0, unread, remoteAddress }: JsTapOptions) {
    super()
    this.#remoteAddress = remoteAddress
    this.socket = socket
    this.#peer = leg === 'client' ? 'client' : 'server'
    const inward = leg === 'client' ? 'to-server' : 'to-client'
    const outward = leg === 'client' ? 'to-client' : 'to-server'
    this.#received = new RecordFilter(tape, { connection, leg, direction: inward }, received)
    this.#sent = new RecordFilter(tape, { connection, leg, direction: outward }, sent)
    if (unread) {
      this.#received.pass(unread)
      this.unshift(unread)
    }
    socket.on('data', (chunk: Buffer) => {
      const at = now()
      const weighs = this.#received.weighs
      if (!weighs) this.#received.push(chunk, at)
      if (this.#left) this.#keep(chunk)
      else this.#emitData(chunk)
      if (weighs) this.#received.push(chunk, at)
      else this.#received.rebase()
    })
    socket.on('end', () => {
      this.#closed(this.#peer, 'fin')
      this.#ended = true
      this.#left?.()
      if (!this.#unread) this.#emitEnd()
    })
    if (leg === 'upstream') socket.on('deaf', (how: LegClosed['how']) => this.#closed(this.#peer, how))
    socket.on('aborted', () => this.#closed(this.#peer, 'reset')) // a stream of HTTP/2
    socket.on('error', error => {
      this.#closed(this.#peer, 'reset')
      if (this.listenerCount('error') > 0) this.emit('error', error)
    })
    socket.on('close', () => {
      this.#received.end(now())
      this.#closed('parley', 'fin')
      this.#left?.()
      this.emit('close')
    })
  }

  get bytes(): { readonly toServer: number; readonly toClient: number } {
    const [received, sent] = [this.#received.position, this.#sent.position]
    return this.#peer === 'client' ? { toServer: received, toClient: sent } : { toServer: sent, toClient: received }
  }

  get unread(): Buffer {
    return this.#unread ?? nothing
  }

  /** JSStreamSocket asks for no more of a stream than this has. */
  get stream(): Duplex {
    return this as never
  }

  get destroyed(): boolean {
    return this.socket.destroyed
  }

  get remoteAddress(): string | undefined {
    return this.#remoteAddress ?? (this.socket as Socket).remoteAddress
  }

  get remotePort(): number | undefined {
    return (this.socket as Socket).remotePort
  }

  settle(secured?: TLSSocket): void {
    const hides = secured?.getProtocol() === 'TLSv1.3'
    this.#received.settle(hides ? sealingOf(secured, () => secured.bytesRead) : undefined)
    this.#sent.settle(hides ? sealingOf(secured, writtenTo(secured)) : undefined)
  }

  ignore(): void {
    this.#received.ignore()
    this.#sent.ignore()
  }

  expectTls(): void {
    this.#received.restart(this.unread, now())
    this.#sent.restart(nothing, now())
  }

  doubt(found: () => void): void {
    this.#received.doubt(found)
    this.#sent.ignore()
  }

  unshift(bytes: Buffer): void {
    if (bytes.length > 0) this.#unread = this.#unread ? Buffer.concat([bytes, this.#unread]) : bytes
  }

  hold(left: () => void): void {
    if (this.closed) return left()
    this.#left = left
    this.socket.resume()
  }

  pause(): this {
    this.#left = undefined
    this.#flowing = false
    this.socket.pause()
    return this
  }

  resume(): this {
    this.#left = undefined
    this.#flowing = true
    if (this.#unread || this.#ended)
      process.nextTick(this.#catchUp) // a TLSSocket that asks is not yet ready to get
    else this.socket.resume()
    return this
  }

  isPaused(): boolean {
    return this.socket.isPaused()
  }
  preamble(bytes: Buffer): void {
    this.#sent.preamble(bytes, now())
    this.socket.write(bytes)
  }

  /** Corks the socket only when a second write comes: a lone one, which is the rule, costs less so. */
  cork(): void {
    this.#corked = true
  }
  uncork(): void {
    this.#corked = false
    this.#sendHeld()
    if (this.socket.writableCorked > 0) this.socket.uncork()
  }

  write(bytes: Buffer, done?: Done): boolean {
    if (this.beforeWrite?.(bytes) === false) return true
    this.#sent.push(bytes, now())
    if (!this.#corked) return this.#send(bytes, done)
    if (this.#held && this.socket.writableCorked === 0) this.socket.cork()
    this.#sendHeld()
    this.#held = bytes
    this.#heldDone = done
    return true
  }

  end(done?: () => void): void {
    this.writable = false
    this.#closed('parley', 'fin')
    this.socket.end(done)
  }

  onceDrained(listener: () => void): void {
    this.socket.once('drain', listener)
  }

  destroySoon(): void {
    destroySoon(this.socket)
  }

  destroy(error?: Error): this {
    this.#closed('parley', error ? 'reset' : 'fin')
    this.socket.destroy(error)
    return this
  }

  reset(): void {
    this.#closed('parley', 'reset')
    const { socket } = this
    if ('resetAndDestroy' in socket) (socket as Socket).resetAndDestroy()
    else socket.destroy()
  }

  #emitData(chunk: Buffer): void {
    this.beforeRead?.()
    this.emit('data', chunk)
  }

  #keep(chunk: Buffer): void {
    this.#unread = Buffer.concat([this.#unread ?? chunk.subarray(0, 0), chunk]) // the chunk is valid until we return
    if (this.#unread.length > mostHeld) this.socket.pause()
  }

  /** A listener that pauses in the midst of it gets the rest, and the end, when it resumes. */
  readonly #catchUp = (): void => {
    if (!this.#flowing) return
    const unread = this.#unread
    this.#unread = undefined
    if (unread) this.#emitData(unread)
    if (!this.#flowing) return
    if (this.#ended) this.#emitEnd()
    else this.socket.resume()
  }

  #sendHeld(): void {
    const held = this.#held
    this.#held = undefined
    if (held) this.#send(held, this.#heldDone)
  }

  /** Says `done` as soon as the socket takes more: its own callback for each write costs a tick. */
  #send(bytes: Buffer, done: Done | undefined): boolean {
    const more = this.socket.write(bytes)
    if (!done) return more
    if (more) done()
    else this.socket.once('drain', done)
    return more
  }

  #emitEnd(): void {
    if (this.#endTold || this.listenerCount('end') === 0) return
    this.#endTold = true
    this.emit('end')
  }

  #closed(by: Party, how: LegClosed['how']): void {
    this.closed ??= { at: now(), by, how }
  }
}
