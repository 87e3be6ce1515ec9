import { Duplex } from 'node:stream'

/** One end of a wire in memory. As with a socket, what is written arrives in a later turn: OpenSSL is not entered twice. */
class End extends Duplex {
  other!: End

  constructor() {
    super({ allowHalfOpen: true })
    this.pause() // as an accepted socket is
  }

  override _read(): void {}
  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    setImmediate(() => {
      if (!this.other.destroyed) this.other.push(chunk)
      done()
    })
  }
  override _final(done: () => void): void {
    setImmediate(() => {
      if (!this.other.destroyed) this.other.push(null)
      done()
    })
  }
}

/** Two streams, each of which reads what the other is written. */
export function streamPair(): readonly [Duplex, Duplex] {
  const [a, b] = [new End(), new End()]
  a.other = b
  b.other = a
  return [a, b]
}
