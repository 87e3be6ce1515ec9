import { Duplex } from 'node:stream'
import type { WireTap } from './wire-tap.ts'

/** A leg in clear as a stream, for whoever takes nothing else. What it does not read waits in the leg. */
export class WireStream extends Duplex {
  readonly #tap: WireTap

  constructor(tap: WireTap) {
    super({ allowHalfOpen: true })
    this.#tap = tap
    tap.on('data', (bytes: Buffer) => {
      if (!this.push(Buffer.from(bytes))) tap.pause() // the bytes are valid until we return
    })
    tap.once('end', () => this.push(null))
    tap.on('error', (error: Error) => this.destroy(error))
    tap.once('close', () => this.destroy())
    if (tap.destroyed) this.destroy()
  }

  override _read(): void {
    this.#tap.resume()
  }

  override _write(bytes: Buffer, _encoding: BufferEncoding, done: () => void): void {
    if (this.#tap.write(bytes)) done()
    else this.#tap.onceDrained(done)
  }

  override _final(done: () => void): void {
    this.#tap.end()
    done()
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    if (this.writableFinished) this.#tap.destroySoon()
    else this.#tap.destroy()
    done(error)
  }
}
