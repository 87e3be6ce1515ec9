/** What passed above TLS on a lane, made again from what was kept of it. */

/** Bytes that follow each other. */
export interface Part {
  /** ms since the epoch: when they passed, where nothing below TLS says it better */
  readonly at: number
  readonly length: number
  /** `length` bytes from `from` on, within the part. */
  read(from: number, length: number): Uint8Array
}

/** An HTTP/1 message with what follows it, or a whole stream of frames. */
export interface LaneMessage {
  /** No byte of it passed before this, ms since the epoch. */
  readonly notBefore: number
  /** Bytes, but for the framing of a chunked body. */
  readonly length: number
  /** Bytes of a chunked body: how it was cut is not kept. */
  readonly chunked?: number
  /** Its bytes, of which so many are the framing of the chunked body. */
  parts(framing: number): Iterable<Part>
}

export interface LaneContent {
  readonly messages: readonly LaneMessage[]
  /** Bytes of bodies and frames that were not kept: zeros stand for them. */
  readonly lost: number
}

/** The content, or a sentence on why it cannot be made. */
export type LaneContentOrWhy = LaneContent | string

export const bytesPart = (at: number, bytes: Uint8Array): Part => ({
  at,
  length: bytes.length,
  read: (from, length) => bytes.subarray(from, from + length),
})

export const latin1Part = (at: number, text: string): Part => bytesPart(at, Buffer.from(text, 'latin1'))

/** Reads parts from their beginning to their end, as much at a time as is asked for. */
export class PartsReader {
  readonly #parts: Iterator<Part>
  /** The part that is being read; one is in mind at a time. */
  #part: Uint8Array | undefined
  #at = 0

  constructor(parts: Iterable<Part>) {
    this.#parts = parts[Symbol.iterator]()
  }

  /** So many bytes, or what is left. */
  take(length: number): Uint8Array {
    const pieces: Uint8Array[] = []
    let left = length
    while (left > 0) {
      if (!this.#part || this.#at === this.#part.length) {
        const { value, done } = this.#parts.next()
        if (done) break
        this.#part = value.read(0, value.length)
        this.#at = 0
        continue
      }
      const size = Math.min(left, this.#part.length - this.#at)
      pieces.push(this.#part.subarray(this.#at, this.#at + size))
      this.#at += size
      left -= size
    }
    return pieces.length === 1 ? pieces[0]! : Buffer.concat(pieces)
  }
}
