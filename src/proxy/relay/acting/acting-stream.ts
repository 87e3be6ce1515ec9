import { Duplex } from 'node:stream'
import type { Direction } from '../../../model/party.ts'
import { destroySoon } from '../../socket/destroy-soon.ts'
import type { ActingCore, ActingPorts } from './core.ts'
import type { CoreOf } from './core-for.ts'

export interface ActingStreamOptions extends Pick<ActingPorts, 'acted' | 'serverContent' | 'elsewhere' | 'destroy'> {
  /** The server's own stream. */
  readonly upstream: Duplex
  readonly coreOf: CoreOf
}

/** Stands in a server's place: what is written to it is acted on and goes to the server, and what it says comes back. */
export class ActingStream extends Duplex {
  readonly #upstream: Duplex
  readonly #core: ActingCore
  #reads = true
  /** What writes to it waits until it reads again. */
  #waiting: (() => void) | undefined

  constructor({ upstream, coreOf, ...ports }: ActingStreamOptions) {
    super({ allowHalfOpen: true })
    this.#upstream = upstream
    this.#core = coreOf({
      ...ports,
      write: (direction, bytes) => this.#pass(direction, bytes),
      end: direction => void (direction === 'to-client' ? this.push(null) : upstream.end()),
      flow: (direction, reads) => this.#flow(direction, reads),
    })
    upstream.on('data', (chunk: Buffer) => this.#core.push('to-client', chunk))
    upstream.once('end', () => this.#core.end('to-client'))
    upstream.on('drain', () => this.#core.drained('to-server'))
    upstream.once('error', (error: Error) => this.destroy(error))
    upstream.once('close', () => {
      if (!upstream.readableEnded) this.destroy()
    })
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    this.#core.push('to-server', chunk)
    if (this.#reads) done()
    else this.#waiting = done
  }

  override _final(done: () => void): void {
    this.#core.end('to-server')
    done()
  }

  override _read(): void {
    this.#core.drained('to-client')
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.#core.close()
    destroySoon(this.#upstream)
    done(error)
  }

  #pass(direction: Direction, bytes: Uint8Array): boolean {
    if (direction === 'to-client') return this.readableEnded || this.push(bytes)
    return !this.#upstream.writable || this.#upstream.write(bytes)
  }

  #flow(direction: Direction, reads: boolean): void {
    if (direction === 'to-client') return void (reads ? this.#upstream.resume() : this.#upstream.pause())
    this.#reads = reads
    const waiting = reads ? this.#waiting : undefined
    if (!waiting) return
    this.#waiting = undefined
    waiting()
  }
}
