import type { Direction } from '../direction.ts'
import type { LegCapture, RecordHeader, WireChunk } from './capture.ts'
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
  const start = direction === 'to-server' ? capture.tlsStartsAt.toServer : capture.tlsStartsAt.toClient
  const bytes = new Pieces(capture.chunks[direction])
  const headers = capture.headers[direction]
  const records: RawRecord[] = []
  const problems: string[] = []
  const done = (notTls?: string): RecordReading => ({ records, problems, ...(notTls === undefined ? {} : { notTls }) })
  let nextHeader = 0
  let hole = false
  let offset = start
  for (;;) {
    while (nextHeader < headers.length && headers[nextHeader]!.offset < offset) nextHeader++
    const header = headers[nextHeader]
    if (header?.offset === offset) {
      records.push(fromHeader(header, direction))
      offset += headerLength + header.length
      continue
    }
    const have = bytes.contiguousFrom(offset)
    if (have === 0) {
      const next = Math.min(bytes.nextStart(offset), header?.offset ?? Number.POSITIVE_INFINITY)
      if (next === Number.POSITIVE_INFINITY) return done()
      problems.push(`${direction}: bytes ${offset} to ${next} were not kept`)
      hole = true
      offset = next
      continue
    }
    const head = bytes.view(offset, Math.min(headerLength, have))
    const other = notTls(head, () => bytes.view(offset, Math.min(80, have)))
    if (other !== undefined) {
      const sslv2 = offset === start && isSslv2Hello(head) ? sslv2HelloLength(head) : 0
      if (sslv2 > headerLength && have >= sslv2) {
        records.push(sslv2Record(direction, bytes.arrivalOf(offset + sslv2 - 1), offset, bytes.view(offset, sslv2)))
        offset += sslv2
        continue
      }
      if (sslv2 > headerLength) {
        problems.push(
          `${direction} byte ${offset}: a ClientHello in SSL 2.0 form is cut after ${have} of ${sslv2} bytes`,
        )
        return done()
      }
      problems.push(`${direction} byte ${offset}: ${other}`)
      return done(records.length === 0 ? other : undefined)
    }
    if (have < headerLength) {
      problems.push(`${direction} byte ${offset}: a record header is cut after ${have} of ${headerLength} bytes`)
      return done()
    }
    const length = head[3]! * 256 + head[4]!
    if (length > maxFragment) {
      problems.push(`${direction} byte ${offset}: a record of ${length} bytes, more than ${maxFragment}`)
      return done()
    }
    if (have < headerLength + length) {
      problems.push(
        `${direction} byte ${offset}: a record is cut after ${have - headerLength} of its ${length} fragment bytes`,
      )
      // Reading goes on only where a kept header says that a record starts.
      const end = offset + have
      while (nextHeader < headers.length && headers[nextHeader]!.offset < end) nextHeader++
      const resume = headers[nextHeader]
      if (resume === undefined) return done()
      offset = resume.offset
      hole = true
      continue
    }
    const at = bytes.arrivalOf(offset + headerLength + length - 1)
    const fragment = bytes.view(offset + headerLength, length)
    const version = head[1]! * 256 + head[2]!
    const afterHole = hole ? { afterHole: true } : {}
    hole = false
    records.push({ direction, at, offset, type: head[0]!, version, length, fragment, ...afterHole })
    offset += headerLength + length
  }
}

function fromHeader(header: RecordHeader, direction: Direction): RawRecord {
  const { at, offset, type, version, length } = header
  return { direction, at, offset, type, version, length }
}

/** A ClientHello in SSL 2.0 form told as a handshake record; it has a header of two bytes, counted here as five. */
function sslv2Record(direction: Direction, at: number, offset: number, hello: Uint8Array): RawRecord {
  const version = hello[3]! * 256 + hello[4]!
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
