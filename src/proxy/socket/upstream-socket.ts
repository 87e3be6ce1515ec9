import { Socket, type SocketConstructorOpts } from 'node:net'
import type { LegClosed } from '../../model/connection.ts'
import { sharedRead } from './shared-read.ts'

/**
 * A socket towards a server. A server may answer, end and hear no more, in the midst of an upload for example; the next
 * write then fails, and Node would destroy the socket with the answer unread in it. This one is read to its end first.
 * Emits `deaf` with how the server closed when that is noticed. Reads into the shared buffer; half-open allowed.
 */
export class UpstreamSocket extends Socket {
  /** Why nothing more can be written. */
  #deaf: NodeJS.ErrnoException | undefined

  constructor() {
    super({ allowHalfOpen: true, noDelay: true, onread: sharedRead } as SocketConstructorOpts)
  }

  override destroy(error?: NodeJS.ErrnoException): this {
    if (error?.syscall !== 'write' || this.#deaf || this.readableEnded) return super.destroy(error ?? this.#deaf)
    this.#deaf = error
    this.emit('deaf', howItClosed(error))
    return this
  }

  /** With the reading side of a stream in error, Node passes no end on. */
  override push(chunk: Buffer | null): boolean {
    if (chunk !== null || !this.#deaf) return super.push(chunk)
    const ended = howItClosed(this.#deaf) === 'fin'
    if (ended) this.emit('end')
    super.destroy(ended ? undefined : this.#deaf)
    return false
  }
}

/** EPIPE where its FIN came before its RST (Linux tcp_reset in CLOSE_WAIT). */
const howItClosed = ({ code }: NodeJS.ErrnoException): LegClosed['how'] => (code === 'EPIPE' ? 'fin' : 'reset')
