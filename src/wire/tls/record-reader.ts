import { u16 } from '../bytes.ts'
import type { Direction } from '../direction.ts'
import type { LegCapture, RecordHeader, WireChunk } from './capture.ts'
import type { Hole } from './handshake.ts'
import { notTls } from './not-tls.ts'
import { isSslv2Hello, sslv2HelloLength } from './sslv2-hello.ts'

/** A record as it stood on the wire. `fragment` is absent where only the header was kept. */
export interface RawRecord {
  readonly direction: Direction
  /** ms since the epoch, when its last byte arrived */
  readonly at: number
  /** Position of its header in the TCP payload of its direction, from 0. */
  readonly offset: number
  readonly type: number
  readonly version: number
  /** Length of the fragment, without the five header bytes. */
  readonly length: number
  readonly fragment?: Uint8Array
  /** RFC 5246 E.2: instead of a fragment, a whole ClientHello in SSL 2.0 form, its two length bytes included. */
  readonly sslv2Hello?: Uint8Array
  /** Bytes before it are missing. */
  readonly afterHole?: boolean
}

export interface RecordReading {
  readonly records: readonly RawRecord[]
  /** Sentences about bytes that are no records, with their place. */
  readonly problems: readonly string[]
  readonly holes: readonly Hole[]
  /** What the bytes are instead, where the direction does not speak TLS records at all. */
  readonly notTls?: string
}

export const headerLength = 5
const maxFragment = 16_384 + 2048 // RFC 5246 6.2.3: the loosest limit any version allows

/**
 * Reads the records of one direction (RFC 8446 5.1). Holes between the chunks are filled by the headers that were
 * kept; the work is linear in the bytes. Never throws: what is no record becomes a problem, and reading stops there.
 */
export function readRecords(capture: LegCapture, direction: Direction): RecordReading {
  const reading = new Reading(capture, direction)
  while (reading.step()) {} // each step moves on, or is the last
  const { records, problems, holes, other } = reading
  return { records, problems, holes, ...(other === undefined ? {} : { notTls: other }) }
}

/** Where a reading stands; every step reads one record, passes one hole, or ends it. */
class Reading {
  readonly records: RawRecord[] = []
  readonly problems: string[] = []
  readonly holes: Hole[] = []
  other: string | undefined
  readonly #direction: Direction
  readonly #bytes: Pieces
  readonly #headers: readonly RecordHeader[]
  readonly #start: number
  #nextHeader = 0
  #hole = false
  #offset: number

  constructor({ tlsStartsAt, chunks, headers }: LegCapture, direction: Direction) {
    this.#direction = direction
    this.#start = direction === 'to-server' ? tlsStartsAt.toServer : tlsStartsAt.toClient
    this.#offset = this.#start
    this.#bytes = new Pieces(chunks[direction])
    this.#headers = headers[direction]
  }

  /** False where there is no more to read. */
  step(): boolean {
    const header = this.#headerFrom(this.#offset)
    if (header?.offset === this.#offset) {
      this.#push(fromHeader(header, this.#direction), headerLength + header.length)
      return true
    }
    const have = this.#bytes.contiguousFrom(this.#offset)
    if (have === 0) return this.#skipTo(Math.min(this.#bytes.nextStart(this.#offset), header?.offset ?? Infinity))
    const head = this.#bytes.view(this.#offset, Math.min(headerLength, have))
    const other = notTls(head, () => this.#bytes.view(this.#offset, Math.min(80, have)))
    if (other !== undefined) return this.#readSslv2(head, have, other)
    if (have < headerLength) return this.#end(`a record header is cut after ${have} of ${headerLength} bytes`)
    const length = u16(head, 3)
    if (length > maxFragment) return this.#end(`a record of ${length} bytes, more than ${maxFragment}`)
    if (have < headerLength + length) return this.#skipCut(length, have)
    this.#readWhole(head, length)
    return true
  }

  /** The first kept header at this place or behind it. */
  #headerFrom(offset: number): RecordHeader | undefined {
    while (this.#nextHeader < this.#headers.length && this.#headers[this.#nextHeader]!.offset < offset)
      this.#nextHeader++
    return this.#headers[this.#nextHeader]
  }

  #skipTo(next: number): boolean {
    if (next === Infinity) return false
    this.problems.push(`${this.#direction}: bytes ${this.#offset} to ${next} were not kept`)
    return this.#resumeAt(next)
  }

  /** What lies before was not kept. */
  #resumeAt(next: number): true {
    const header = this.#headerFrom(next)
    const at = header?.offset === next ? header.at : this.#bytes.arrivalOf(next)
    this.holes.push({ direction: this.#direction, at, offset: this.#offset, length: next - this.#offset })
    this.#hole = true
    this.#offset = next
    return true
  }

  /** Reading goes on only where a kept header says that a record starts. */
  #skipCut(length: number, have: number): boolean {
    this.#end(`a record is cut after ${have - headerLength} of its ${length} fragment bytes`)
    const resume = this.#headerFrom(this.#offset + have)
    return resume !== undefined && this.#resumeAt(resume.offset)
  }

  /** A direction may begin with a ClientHello in SSL 2.0 form; anything `other` ends the reading. */
  #readSslv2(head: Uint8Array, have: number, other: string): boolean {
    const length = this.#offset === this.#start && isSslv2Hello(head) ? sslv2HelloLength(head) : 0
    if (length <= headerLength) {
      if (this.records.length === 0) this.other = other
      return this.#end(other)
    }
    if (have < length) return this.#end(`a ClientHello in SSL 2.0 form is cut after ${have} of ${length} bytes`)
    const at = this.#bytes.arrivalOf(this.#offset + length - 1)
    this.#push(sslv2Record(this.#direction, at, this.#offset, this.#bytes.view(this.#offset, length)), length)
    return true
  }

  #readWhole(head: Uint8Array, length: number): void {
    const offset = this.#offset
    const at = this.#bytes.arrivalOf(offset + headerLength + length - 1)
    const fragment = this.#bytes.view(offset + headerLength, length)
    const version = u16(head, 1)
    const afterHole = this.#hole ? { afterHole: true } : {}
    this.#hole = false
    const record = { direction: this.#direction, at, offset, type: head[0]!, version, length, fragment, ...afterHole }
    this.#push(record, headerLength + length)
  }

  #push(record: RawRecord, size: number): void {
    this.records.push(record)
    this.#offset += size
  }

  #end(problem: string): false {
    this.problems.push(`${this.#direction} byte ${this.#offset}: ${problem}`)
    return false
  }
}

function fromHeader(header: RecordHeader, direction: Direction): RawRecord {
  const { at, offset, type, version, length } = header
  return { direction, at, offset, type, version, length }
}

/** A ClientHello in SSL 2.0 form told as a handshake record; it has a header of two bytes, counted here as five. */
function sslv2Record(direction: Direction, at: number, offset: number, hello: Uint8Array): RawRecord {
  const version = u16(hello, 3)
  return { direction, at, offset, type: 22, version, length: hello.length - headerLength, sslv2Hello: hello }
}

/** Chunks read by position. Positions only move forward, so each chunk is walked a fixed number of times. */
class Pieces {
  readonly #chunks: readonly WireChunk[]
  #index = 0
  #runIndex = 0

  constructor(chunks: readonly WireChunk[]) {
    this.#chunks = chunks
  }

  /** How many bytes were kept from `offset` on without a hole. */
  contiguousFrom(offset: number): number {
    this.#seek(offset)
    const first = this.#chunks[this.#index]
    if (!first || first.offset > offset) return 0
    // The end of the run is remembered, so a long run is not walked again for each of its records.
    if (this.#runIndex < this.#index) this.#runIndex = this.#index
    for (;;) {
      const last = this.#chunks[this.#runIndex]!
      const next = this.#chunks[this.#runIndex + 1]
      if (next?.offset !== last.offset + last.bytes.length) return last.offset + last.bytes.length - offset
      this.#runIndex++
    }
  }

  nextStart(offset: number): number {
    this.#seek(offset)
    return this.#chunks[this.#index]?.offset ?? Number.POSITIVE_INFINITY
  }

  /** The bytes of a contiguous range: a view where one chunk holds them all, else a copy. */
  view(offset: number, length: number): Uint8Array {
    this.#seek(offset)
    const first = this.#chunks[this.#index]
    if (!first || length === 0) return new Uint8Array(0)
    const from = offset - first.offset
    if (from + length <= first.bytes.length) return first.bytes.subarray(from, from + length)
    const all = new Uint8Array(length)
    let filled = 0
    for (let i = this.#index; filled < length; i++) {
      const chunk = this.#chunks[i]
      if (!chunk) break
      const skip = offset + filled - chunk.offset
      const part = chunk.bytes.subarray(skip, skip + length - filled)
      all.set(part, filled)
      filled += part.length
    }
    return all
  }

  /** When the byte at `offset` arrived. */
  arrivalOf(offset: number): number {
    for (let i = this.#index; i < this.#chunks.length; i++) {
      const chunk = this.#chunks[i]!
      if (offset < chunk.offset + chunk.bytes.length) return chunk.at
    }
    return this.#chunks.at(-1)?.at ?? 0
  }

  #seek(offset: number): void {
    for (;;) {
      const chunk = this.#chunks[this.#index]
      if (!chunk || offset < chunk.offset + chunk.bytes.length) return
      this.#index++
    }
  }
}
