import type { EventEmitter } from 'node:events'
import type { Duplex } from 'node:stream'
import type { TLSSocket } from 'node:tls'
import type { LegClosed } from '../../model/connection.ts'

/**
 * The bytes of one leg below TLS, seen by the tape as they pass. Emits `data` with bytes that are valid until the
 * listener returns, `end`, `error` and `close`.
 */
export interface WireTap extends EventEmitter {
  /** Who closed first, and how; absent while the leg is open. */
  readonly closed?: LegClosed
  readonly destroyed: boolean
  /** The peer's IP address; absent where it is no socket. */
  readonly remoteAddress?: string | undefined
  readonly remotePort?: number | undefined
  /** TCP payload bytes in each direction. */
  readonly bytes: { readonly toServer: number; readonly toClient: number }
  /** What came from the peer and is still to be emitted. */
  readonly unread: Buffer
  /** What TLS is put on. */
  readonly stream: Duplex
  /** Called each time before the peer's bytes are emitted: what OpenSSL asks while it reads them is about this leg. */
  beforeRead: (() => void) | undefined
  /** Asked before bytes are written: false keeps them back for good. */
  beforeWrite: ((bytes: Buffer) => boolean) | undefined

  /** Puts back bytes that were read from it, to be emitted again on `resume`; the tape has them already. */
  unshift(bytes: Buffer): void
  /** Reads on though nobody listens, and tells when the peer goes; what comes waits. Until `pause` or `resume`. */
  hold(left: () => void): void
  pause(): this
  resume(): this
  /** Says something before TLS begins. */
  preamble(bytes: Buffer): void
  /** False where the writer should wait for `onceDrained`. */
  write(bytes: Buffer): boolean
  onceDrained(listener: () => void): void
  /** `done` is called when what was written has gone out. */
  end(done?: () => void): void
  /** Ends it, and destroys it when what is written has gone out. */
  destroySoon(): void
  destroy(error?: Error): this
  /** Ends it by RST where it is a TCP socket, else destroys it. */
  reset(): void

  /**
   * The TLS handshake is over: the tape needs no more ciphertext of application data. `secured` is what decrypts it;
   * absent where nobody here does.
   */
  settle(secured?: TLSSocket): void
  /** The tape needs nothing from here: there is no TLS, or whoever speaks it tells of its records. */
  ignore(): void
  /** There will be TLS after all, with what is unread. */
  expectTls(): void
  /** The peer has not spoken yet: the tape needs nothing from below unless it begins a TLS handshake, then `found` is told. */
  doubt(found: () => void): void
}
