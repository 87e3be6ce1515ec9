import { u24, u31 } from '../bytes.ts'
import { GrowingBytes } from '../growing-bytes.ts'
import { frameHeader } from './frame-writer.ts'

/** Takes frames as the bytes they are: `bytes[from..to)`, a view good until the call returns. */
export interface CutSink {
  /** How the frame that begins is wanted: whole, or in pieces as it comes. `lost` stops the cutting for good. */
  begins(type: number, flags: number, stream: number, length: number): 'whole' | 'pieces' | 'lost'
  /** A whole frame, its header too. */
  whole(type: number, flags: number, stream: number, bytes: Uint8Array, from: number, to: number): void
  /** A piece of a frame, its header first of all; `ends` with the last. */
  piece(bytes: Uint8Array, from: number, to: number, ends: boolean): void
  /** What comes from where the cutting stopped. */
  rest(bytes: Uint8Array, from: number, to: number): void
}

/** Cuts one direction of an HTTP/2 connection into frames, from after the preface, and keeps their very bytes (RFC 9113 4.1). */
export class FrameCutter {
  readonly #sink: CutSink
  readonly #begun = new GrowingBytes()
  /** Bytes that the frame in `begun` is to have with its header; 0 while the header is not whole. */
  #wanted = 0
  /** Bytes of a frame in pieces that have not come. */
  #left = 0
  #lost = false

  constructor(sink: CutSink) {
    this.#sink = sink
  }

  /** Whether cutting has stopped for good. */
  get lost(): boolean {
    return this.#lost
  }

  /** From here on all is `rest`, what has begun first. */
  lose(): void {
    this.#lost = true
    const begun = this.#begun.take()
    if (begun.length > 0) this.#sink.rest(begun, 0, begun.length)
  }

  push(bytes: Uint8Array, from = 0): void {
    let at = from
    while (at < bytes.length) {
      if (this.#lost) {
        this.#sink.rest(bytes, at, bytes.length)
        return
      }
      if (this.#left > 0) at = this.#goOn(bytes, at)
      else if (this.#begun.length > 0 || bytes.length - at < frameHeader) at = this.#gather(bytes, at)
      else at = this.#cut(bytes, at)
    }
  }

  /** A frame whose header lies whole at `at`. */
  #cut(bytes: Uint8Array, at: number): number {
    const length = u24(bytes, at)
    const how = this.#sink.begins(bytes[at + 3]!, bytes[at + 4]!, u31(bytes, at + 5), length)
    if (how === 'lost') {
      this.#lost = true
      return at
    }
    const end = at + frameHeader + length
    if (how === 'pieces') {
      const to = Math.min(end, bytes.length)
      this.#left = end - to
      this.#sink.piece(bytes, at, to, end === to)
      return to
    }
    if (end <= bytes.length) {
      this.#sink.whole(bytes[at + 3]!, bytes[at + 4]!, u31(bytes, at + 5), bytes, at, end)
      return end
    }
    this.#wanted = frameHeader + length
    this.#begun.append(bytes, at)
    return bytes.length
  }

  #goOn(bytes: Uint8Array, at: number): number {
    const to = Math.min(bytes.length, at + this.#left)
    this.#left -= to - at
    this.#sink.piece(bytes, at, to, this.#left === 0)
    return to
  }

  /** More of a frame that has begun in an earlier push. */
  #gather(bytes: Uint8Array, at: number): number {
    const wanted = this.#wanted || frameHeader
    const to = Math.min(bytes.length, at + wanted - this.#begun.length)
    this.#begun.append(bytes, at, to)
    if (this.#begun.length < wanted) return to
    const begun = this.#begun.take()
    if (this.#wanted === 0) {
      this.#cut(begun, 0)
      if (this.#lost) this.#sink.rest(begun, 0, begun.length)
      return to
    }
    this.#wanted = 0
    this.#sink.whole(begun[3]!, begun[4]!, u31(begun, 5), begun, 0, begun.length)
    return to
  }
}
