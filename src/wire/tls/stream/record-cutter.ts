import { u16 } from '../../bytes.ts'
import type { Direction } from '../../direction.ts'
import { headerLength, type RawRecord } from '../record-reader.ts'
import { isSslv2Hello, sslv2HelloLength } from '../sslv2-hello.ts'

/** Whom a cutter tells its records. A fragment of application data is a view where it came in one piece. */
export interface RecordSink {
  record(record: RawRecord): void
  /** So many bytes of which nobody can say where their records begin. */
  lost(at: number, offset: number, length: number): void
}

const maxFragment = 16_384 + 2048 // RFC 5246 6.2.3
const [firstType, handshake, applicationData, lastType] = [20, 22, 23, 24] as const
const mostSearched = 2 * maxFragment + 10 // a record and the header behind it

/**
 * Cuts one direction's bytes into TLS records as they come. Bytes may be missing: within a record its length says where
 * the next begins; else it is searched for, as two headers that follow each other.
 */
export class RecordCutter {
  readonly #direction: Direction
  readonly #sink: RecordSink
  readonly #header = new Uint8Array(headerLength)
  #headerFilled = 0
  /** The fragment of the record under way, where it comes in pieces. */
  #fragment: Uint8Array | undefined
  #filled = 0
  #length = 0
  #holed = false
  /** Nothing of the direction was read: it may begin as an SSL 2.0 client does. */
  #isFirst = true
  #isSslv2 = false
  #afterHole = false
  /** Where its record begins is not known, from that byte on. */
  #lostFrom: number | undefined
  #searched = new Uint8Array(0)
  #offset: number

  constructor(direction: Direction, offset: number, sink: RecordSink) {
    this.#direction = direction
    this.#offset = offset
    this.#sink = sink
  }

  /** Bytes that are lost, as far as is known by now, and were not told. */
  get lost(): number {
    return this.#lostFrom === undefined ? 0 : this.#offset - this.#lostFrom
  }

  push(at: number, bytes: Uint8Array): void {
    if (this.#lostFrom !== undefined) return this.#search(at, bytes)
    for (let i = 0; i < bytes.length; ) {
      const taken = this.#headerFilled < headerLength ? this.#takeHeader(bytes, i) : this.#takeFragment(at, bytes, i)
      this.#offset += taken
      i += taken
      if (this.#headerFilled === headerLength && this.#length > maxFragment) this.#lose()
      if (this.#lostFrom !== undefined) return this.#search(at, bytes.subarray(i))
      if (this.#headerFilled === headerLength && this.#length === 0) this.#whole(at, new Uint8Array(0))
    }
  }

  /** So many bytes are missing. */
  gap(at: number, length: number): void {
    const left = this.#length - this.#filled
    if (this.#lostFrom === undefined && this.#headerFilled === headerLength && length <= left) {
      this.#holed = true
      this.#filled += length
      this.#offset += length
      if (this.#filled === this.#length) this.#whole(at, undefined)
      return
    }
    this.#lose()
    this.#searched = new Uint8Array(0)
    this.#offset += length
  }

  #takeHeader(bytes: Uint8Array, from: number): number {
    const taken = Math.min(headerLength - this.#headerFilled, bytes.length - from)
    this.#header.set(bytes.subarray(from, from + taken), this.#headerFilled)
    this.#headerFilled += taken
    if (this.#headerFilled === headerLength) {
      this.#isSslv2 = this.#isFirst && isSslv2Hello(this.#header) && sslv2HelloLength(this.#header) > headerLength
      this.#isFirst = false
      this.#length = this.#isSslv2 ? sslv2HelloLength(this.#header) - headerLength : lengthIn(this.#header)
      this.#filled = 0
    }
    return taken
  }

  #takeFragment(at: number, bytes: Uint8Array, from: number): number {
    const taken = Math.min(this.#length - this.#filled, bytes.length - from)
    const piece = bytes.subarray(from, from + taken)
    if (taken === this.#length && this.#header[0] === applicationData && !this.#isSslv2) this.#whole(at, piece, taken)
    else {
      if (!this.#holed) {
        this.#fragment ??= new Uint8Array(this.#length)
        this.#fragment.set(piece, this.#filled)
      }
      this.#filled += taken
      if (this.#filled === this.#length) this.#whole(at, this.#holed ? undefined : this.#fragment, taken)
    }
    return taken
  }

  /** `behind` bytes of it are not counted in the offset yet. */
  #whole(at: number, fragment: Uint8Array | undefined, behind = 0): void {
    const length = this.#length
    const [type, version] = [this.#header[0]!, u16(this.#header, 1)]
    const offset = this.#offset + behind - length - headerLength
    const afterHole = this.#afterHole
    if (this.#isSslv2) return this.#wholeHello(at, offset, fragment)
    this.#reset()
    const record = { direction: this.#direction, at, offset, type, version, length }
    this.#sink.record({ ...record, ...(fragment && { fragment }), ...(afterHole && { afterHole }) })
  }

  /** RFC 5246 E.2: a ClientHello in SSL 2.0 form is no record, and is told as one all the same. */
  #wholeHello(at: number, offset: number, fragment: Uint8Array | undefined): void {
    const [version, length] = [u16(this.#header, 3), this.#length]
    const sslv2Hello = fragment && Buffer.concat([this.#header, fragment])
    this.#reset()
    const record = { direction: this.#direction, at, offset, type: handshake, version, length }
    this.#sink.record({ ...record, ...(sslv2Hello && { sslv2Hello }) })
  }

  #reset(): void {
    this.#isSslv2 = false
    this.#headerFilled = 0
    this.#fragment = undefined
    this.#filled = 0
    this.#length = 0
    this.#holed = false
    this.#afterHole = false
  }

  /** The record under way is given up. */
  #lose(): void {
    this.#lostFrom ??= this.#offset - this.#headerFilled - (this.#headerFilled === headerLength ? this.#filled : 0)
    this.#reset()
  }

  #search(at: number, bytes: Uint8Array): void {
    const text = Buffer.concat([this.#searched, bytes])
    const before = this.#offset - this.#searched.length
    this.#offset += bytes.length
    const found = findRecord(text)
    if (found === undefined) {
      const keep = Math.min(text.length, mostSearched)
      this.#searched = text.subarray(text.length - keep)
      return
    }
    const from = this.#lostFrom!
    this.#lostFrom = undefined
    this.#searched = new Uint8Array(0)
    this.#sink.lost(at, from, before + found - from)
    this.#afterHole = true
    this.#offset = before + found
    this.push(at, text.subarray(found))
  }
}

const isHeader = (bytes: Uint8Array, at: number): boolean =>
  bytes[at]! >= firstType && bytes[at]! <= lastType && bytes[at + 1] === 3 && bytes[at + 2]! <= 4

/** Infinite where it is no header. */
const lengthIn = (header: Uint8Array): number => (isHeader(header, 0) ? u16(header, 3) : Number.POSITIVE_INFINITY)

/** Where a whole record is followed by another one's header, or by nothing. */
function findRecord(bytes: Buffer): number | undefined {
  for (let at = bytes.indexOf(3, 1); at > 0; at = bytes.indexOf(3, at + 1)) {
    const start = at - 1
    if (start + headerLength > bytes.length) return undefined
    if (!isHeader(bytes, start)) continue
    const length = u16(bytes, start + 3)
    const end = start + headerLength + length
    if (length === 0 || length > maxFragment || end > bytes.length) continue
    if (end === bytes.length || (end + headerLength <= bytes.length && isHeader(bytes, end))) return start
  }
  return undefined
}
