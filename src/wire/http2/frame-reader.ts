import { u24, u31 } from '../bytes.ts'
import type { Fault } from '../fault.ts'
import { GrowingBytes } from '../growing-bytes.ts'
import { flag, frameType } from './names.ts'

export interface FrameHeader {
  readonly type: number
  readonly flags: number
  /** Stream identifier without the reserved bit. */
  readonly stream: number
  /** Bytes of payload. */
  readonly length: number
}

export interface FrameSink {
  /** A frame other than DATA, whole; a view good until the call returns. No payload when it is over `maxBuffered`. */
  frame(header: FrameHeader, payload: Uint8Array | undefined): void
  dataBegins(header: FrameHeader): void
  /** A view of DATA bytes without padding, good until the call returns. */
  data(header: FrameHeader, bytes: Uint8Array): void
  /** DATA bytes that nobody kept. */
  dataDropped(header: FrameHeader, length: number): void
  dataEnds(header: FrameHeader): void
  fault(fault: Fault): void
}

/** 1 MB: RFC 9113 allows 16 MB, but only DATA has a use for it. */
export const maxBuffered = 1024 * 1024

const headerLength = 9

type State = 'header' | 'payload' | 'pad-length' | 'data' | 'padding' | 'skip'

/** Reads the frames of one direction of an HTTP/2 connection, from after the preface (RFC 9113 4.1). */
export class FrameReader {
  readonly #sink: FrameSink
  readonly #start = new Uint8Array(headerLength)
  readonly #payload = new GrowingBytes()
  #startLength = 0
  #state: State = 'header'
  #header: FrameHeader = { type: 0, flags: 0, stream: 0, length: 0 }
  /** Bytes of payload or data that have not come. */
  #left = 0
  #padding = 0

  constructor(sink: FrameSink) {
    this.#sink = sink
  }

  /** Whether a frame other than DATA has begun and not ended: the end of a cut DATA frame is its stream's to tell. */
  get midFrame(): boolean {
    return this.#state === 'header' ? this.#startLength > 0 : this.#state === 'payload' || this.#state === 'skip'
  }

  /** Whether any frame has begun and not ended. */
  get inFrame(): boolean {
    return this.#state !== 'header' || this.#startLength > 0
  }

  push(bytes: Uint8Array, from = 0): void {
    let at = from
    while (at < bytes.length) {
      if (this.#state === 'header') {
        at = this.#readHeader(bytes, at)
        continue
      }
      if (this.#state === 'pad-length') {
        this.#padLength(bytes[at++]!)
        continue
      }
      const end = Math.min(bytes.length, at + this.#left)
      const whole = end - at === this.#left
      if (this.#state === 'data') this.#sink.data(this.#header, bytes.subarray(at, end))
      else if (this.#state === 'payload') this.#payloadPart(bytes, at, end, whole)
      this.#left -= end - at
      at = end
      if (this.#left === 0) this.#partEnds()
    }
  }

  /** Passes over `length` bytes that nobody kept; false when they are not all inside a payload that can be missed. */
  gap(length: number): boolean {
    if (this.#state !== 'data' && this.#state !== 'padding' && this.#state !== 'skip') return false
    const padding = this.#state === 'data' ? this.#padding : 0
    if (length > this.#left + padding) return false
    const part = Math.min(length, this.#left)
    if (this.#state === 'data' && part > 0) this.#sink.dataDropped(this.#header, part)
    this.#left -= part
    if (this.#left > 0) return true
    this.#partEnds()
    return length === part || this.gap(length - part)
  }

  #readHeader(bytes: Uint8Array, at: number): number {
    if (this.#startLength === 0 && bytes.length - at >= headerLength) {
      this.#begin(bytes, at)
      return at + headerLength
    }
    const end = Math.min(bytes.length, at + headerLength - this.#startLength)
    while (at < end) this.#start[this.#startLength++] = bytes[at++]!
    if (this.#startLength === headerLength) {
      this.#startLength = 0
      this.#begin(this.#start, 0)
    }
    return end
  }

  #begin(b: Uint8Array, i: number): void {
    const length = u24(b, i)
    const type = b[i + 3]!
    const flags = b[i + 4]!
    const stream = u31(b, i + 5)
    const header = { type, flags, stream, length }
    this.#header = header
    this.#left = length
    this.#padding = 0
    if (type === frameType.data) this.#beginData(header)
    else if (length > maxBuffered) {
      this.#state = 'skip'
      this.#sink.frame(header, undefined)
    } else {
      this.#state = 'payload'
      if (length === 0) this.#payloadPart(b, 0, 0, true)
      if (length === 0) this.#state = 'header'
    }
  }

  #beginData(header: FrameHeader): void {
    this.#sink.dataBegins(header)
    this.#state = 'data'
    if ((header.flags & flag.padded) === 0) {
      if (header.length === 0) this.#partEnds()
    } else if (header.length > 0) this.#state = 'pad-length'
    else this.#badPadding()
  }

  #padLength(padding: number): void {
    this.#left--
    if (padding > this.#left) {
      this.#badPadding()
      return
    }
    this.#left -= padding
    this.#padding = padding
    this.#state = 'data'
    if (this.#left === 0) this.#partEnds()
  }

  #badPadding(): void {
    this.#sink.fault({ code: 'http2/bad-padding', detail: 'DATA' })
    this.#padding = 0
    this.#state = 'padding'
    if (this.#left === 0) this.#partEnds()
  }

  #payloadPart(bytes: Uint8Array, at: number, end: number, whole: boolean): void {
    if (whole && this.#payload.length === 0) {
      this.#sink.frame(this.#header, bytes.subarray(at, end))
      return
    }
    this.#payload.append(bytes, at, end)
    if (whole) this.#sink.frame(this.#header, this.#payload.take())
  }

  #partEnds(): void {
    if (this.#state === 'data' && this.#padding > 0) {
      this.#left = this.#padding
      this.#padding = 0
      this.#state = 'padding'
      return
    }
    const wasData = this.#state === 'data' || this.#state === 'padding'
    this.#state = 'header'
    if (wasData) this.#sink.dataEnds(this.#header)
  }
}
