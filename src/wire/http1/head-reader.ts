import { GrowingBytes } from '../growing-bytes.ts'
import { latin1 } from '../latin1.ts'

/** 1 MB: more than any common server takes. */
export const maxHead = 1024 * 1024

const cr = 13
const lf = 10

/** Where in a line the last byte was. */
const inLine = 0
const afterLf = 1
const afterLfCr = 2

/** Collects bytes up to and including an empty line; line ends may be CRLF or LF (RFC 9112 2.2). */
export class HeadReader {
  readonly #kept = new GrowingBytes()
  #text = ''
  readonly #first: number
  #position: number

  /** `mayBeEmpty`: an empty line right at the start ends it, as in a trailer section. */
  constructor(mayBeEmpty = false) {
    this.#first = mayBeEmpty ? afterLf : inLine
    this.#position = this.#first
  }

  /** Bytes kept of a head that is not whole yet. */
  get length(): number {
    return this.#kept.length
  }

  /** The head that the last push made whole, latin1, with its empty line. */
  get text(): string {
    return this.#text
  }

  /** Gives up the bytes of a head that is not whole. */
  take(): Uint8Array {
    this.#position = this.#first
    return this.#kept.take()
  }

  /** Reads from `from`: the position after the head, -1 when more bytes are needed, -2 when it is over `maxHead`. */
  push(bytes: Uint8Array, from: number): number {
    const end = this.#findEnd(bytes, from)
    const to = end >= 0 ? end : bytes.length
    if (this.#kept.length + to - from > maxHead) return -2
    if (end >= 0 && this.#kept.length === 0) this.#text = latin1(bytes, from, to)
    else {
      this.#kept.append(bytes, from, to)
      if (end < 0) return -1
      this.#text = latin1(this.#kept.take())
    }
    this.#position = this.#first
    return end
  }

  #findEnd(bytes: Uint8Array, from: number): number {
    let position = this.#position
    for (let i = from; i < bytes.length; i++) {
      const byte = bytes[i]!
      if (byte === lf) {
        if (position !== inLine) return i + 1
        position = afterLf
      } else if (byte === cr && position === afterLf) position = afterLfCr
      else position = inLine
    }
    this.#position = position
    return -1
  }
}
