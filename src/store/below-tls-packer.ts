import type { ConnectionId } from '../model/connection.ts'
import type { Direction, LegName } from '../model/party.ts'
import type { RecordHeader, WireChunk } from '../wire/tls/capture.ts'
import { bits, kinds, sentBytes } from './below-tls.ts'

/** `packed` is good until the call returns. */
export type WritePage = (connection: ConnectionId, packed: Uint8Array) => void

interface Page {
  readonly connection: ConnectionId
  /** Where what each lane had last ends. */
  readonly ends: [number, number, number, number]
  at: number
  bytes: number
}

const mostEntries = 16_384
const mostBytes = 1024 * 1024
const mostOverhead = 1 + 8 + 8 + 8 // of an entry: flags, time, begin, length

/**
 * Gathers what lies below TLS, so that it is written as one page a connection: see below-tls.ts. The entries of all stand
 * in one buffer, made once: as values of their own, thousands that live for a tick, they would have the collector keep
 * all else alive as well.
 */
export class BelowTlsPacker {
  readonly #write: WritePage
  #packed = Buffer.allocUnsafe(64 * 1024)
  #sorted = Buffer.allocUnsafe(0)
  #used = 0
  readonly #pageOf = new Uint16Array(mostEntries)
  readonly #startOf = new Uint32Array(mostEntries)
  #entries = 0
  #pages: Page[] = []
  readonly #indexOf = new Map<ConnectionId, number>()

  constructor(write: WritePage) {
    this.#write = write
  }

  /** Writes what was gathered first where there is no more room, as all of these do. */
  wire(connection: ConnectionId, leg: LegName, direction: Direction, { at, offset, bytes }: WireChunk): void {
    if (bytes.length === 0) return
    const page = this.#begin(connection, bytes.length)
    const start = this.#used
    this.#place(page, kinds.wire | laneBits(leg, direction), at, offset, bytes.length)
    this.#varint(bytes.length)
    this.#packed.set(bytes, this.#used)
    this.#end(page, start, bytes.length)
  }

  header(connection: ConnectionId, leg: LegName, direction: Direction, header: RecordHeader): void {
    const { at, offset, type, version, length } = header
    const page = this.#begin(connection, sentBytes)
    const start = this.#used
    this.#place(page, kinds.header | laneBits(leg, direction), at, offset, sentBytes + length)
    const packed = this.#packed
    const to = this.#used
    packed[to] = type
    packed[to + 1] = version >> 8
    packed[to + 2] = version
    packed[to + 3] = length >> 8
    packed[to + 4] = length
    this.#end(page, start, sentBytes)
  }

  key(connection: ConnectionId, leg: LegName, line: string): void {
    const length = Buffer.byteLength(line)
    const page = this.#begin(connection, length)
    const start = this.#used
    this.#packed[this.#used++] = kinds.key | laneBits(leg, 'to-server')
    this.#varint(length)
    this.#packed.write(line, this.#used)
    this.#end(page, start, length)
  }

  /** Writes the pages. */
  flush(): void {
    const pages = this.#pages
    if (pages.length === 0) return
    const bytes = pages.length === 1 ? this.#packed : this.#sort(pages)
    this.#pages = []
    this.#indexOf.clear()
    this.#entries = 0
    this.#used = 0
    if (this.#packed.length > mostBytes) this.#packed = Buffer.allocUnsafe(mostBytes)
    let from = 0
    for (const page of pages) {
      this.#write(page.connection, bytes.subarray(from, from + page.bytes))
      from += page.bytes
    }
  }

  /** Brings the entries of each page together, in order. */
  #sort(pages: readonly Page[]): Buffer {
    if (this.#sorted.length < this.#used) this.#sorted = Buffer.allocUnsafe(this.#packed.length)
    let sum = 0
    const ends = pages.map(({ bytes }) => {
      sum += bytes
      return sum - bytes
    })
    for (let i = 0; i < this.#entries; i++) {
      const page = this.#pageOf[i]!
      const end = i + 1 < this.#entries ? this.#startOf[i + 1]! : this.#used
      ends[page]! += this.#packed.copy(this.#sorted, ends[page]!, this.#startOf[i]!, end)
    }
    return this.#sorted
  }

  /** Makes room. */
  #begin(connection: ConnectionId, bytes: number): Page {
    const needed = bytes + mostOverhead
    if (this.#entries === mostEntries || (this.#used > 0 && this.#used + needed > mostBytes)) this.flush()
    if (this.#used + needed > this.#packed.length) {
      const larger = Buffer.allocUnsafe(Math.max(2 * this.#packed.length, this.#used + needed))
      this.#packed.copy(larger, 0, 0, this.#used)
      this.#packed = larger
    }
    let index = this.#indexOf.get(connection)
    if (index === undefined) {
      index = this.#pages.push({ connection, ends: [0, 0, 0, 0], at: Number.NaN, bytes: 0 }) - 1
      this.#indexOf.set(connection, index)
    }
    this.#pageOf[this.#entries] = index
    this.#startOf[this.#entries++] = this.#used
    return this.#pages[index]!
  }

  #place(page: Page, flags: number, at: number, offset: number, length: number): void {
    const same = page.at === at
    this.#packed[this.#used++] = same ? flags | bits.sameTime : flags
    if (!same) this.#used = this.#packed.writeDoubleBE(at, this.#used)
    page.at = at
    const lane = (flags >> 2) & 3
    const gap = offset - page.ends[lane]!
    this.#varint(gap < 0 ? -2 * gap - 1 : 2 * gap)
    page.ends[lane] = offset + length
  }

  #varint(value: number): void {
    let left = value
    for (; left > 127; left = Math.floor(left / 128)) this.#packed[this.#used++] = (left % 128) | 128
    this.#packed[this.#used++] = left
  }

  #end(page: Page, start: number, bytes: number): void {
    this.#used += bytes
    page.bytes += this.#used - start
  }
}

const laneBits = (leg: LegName, direction: Direction): number =>
  (leg === 'upstream' ? bits.upstream : 0) | (direction === 'to-client' ? bits.toClient : 0)
