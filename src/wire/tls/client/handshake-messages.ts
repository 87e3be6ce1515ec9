import { u24 } from '../../bytes.ts'
import { type Message, nothing } from './protocol.ts'
import { fail } from './tls-error.ts'

const headerLength = 4
/** Bytes of a message; chains are below 100 KB. */
export const longestMessage = 1 << 18

/** Cuts what handshake records hold into messages: RFC 8446 5.1. The work is linear in the bytes. */
export class HandshakeMessages {
  #bytes: Buffer = nothing
  #start = 0
  #end = 0

  /** Whether a message is not whole, or more of them are there. */
  get pending(): boolean {
    return this.#end > this.#start
  }

  push(piece: Uint8Array): void {
    const pending = this.#end - this.#start
    if (this.#end + piece.length > this.#bytes.length) {
      const larger = Buffer.allocUnsafe(pending + Math.max(piece.length, pending))
      this.#bytes.copy(larger, 0, this.#start, this.#end)
      this.#bytes = larger
      this.#start = 0
      this.#end = pending
    }
    this.#bytes.set(piece, this.#end)
    this.#end += piece.length
  }

  /** The next whole message; its bytes are nobody else's. Throws TlsError for one that is too long, at its header. */
  next(): Message | undefined {
    if (this.#end - this.#start < headerLength) return undefined
    const length = headerLength + u24(this.#bytes, this.#start + 1)
    if (length > longestMessage) fail('decode-error', `a handshake message of ${length} bytes`)
    if (this.#end - this.#start < length) return undefined
    const bytes = this.#bytes.subarray(this.#start, this.#start + length)
    this.#start += length
    return { type: bytes[0]!, bytes }
  }
}
