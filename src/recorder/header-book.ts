import type { ConnectionId } from '../model/connection.ts'
import type { Direction, LegName } from '../model/party.ts'
import { packedHeaderBytes, packRecordHeader } from '../store/record-headers.ts'
import { readRecordHeaders } from '../tape/record-headers.ts'
import type { Lane } from '../tape/recording.ts'

interface Page extends Lane {
  headers: number
}

/** `packed` is good until the call returns. */
export type WriteHeaders = (connection: ConnectionId, leg: LegName, direction: Direction, packed: Uint8Array) => void

const most = 16_384 // headers

/**
 * Gathers record headers, so that each direction of each leg is written once in a while. They stand in two buffers made
 * once: as values of their own, thousands that live for a second, they had the collector keep all else alive as well.
 */
export class HeaderBook {
  readonly #write: WriteHeaders
  readonly #packed = Buffer.allocUnsafe(most * packedHeaderBytes)
  readonly #sorted = Buffer.allocUnsafe(most * packedHeaderBytes)
  /** The page of each header, by its index. */
  readonly #pageOf = new Uint16Array(most)
  readonly #pages: Page[] = []
  readonly #indexOf = new Map<number, number>()
  readonly #told = new Set<ConnectionId>()
  #headers = 0

  constructor(write: WriteHeaders) {
    this.#write = write
  }

  /** Headers as the tape has them, see tape/record-headers.ts. Writes all when there is no more room. */
  add(lane: Lane, at: number, bytes: Uint8Array): void {
    const packed = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
    readRecordHeaders(packed, (offset, from) => {
      if (this.#headers === most) this.#writeAll()
      const page = this.#page(lane)
      const start = this.#headers * packedHeaderBytes
      packRecordHeader(this.#packed, start, at, offset)
      packed.copy(this.#packed, start + packedHeaderBytes - 5, from, from + 5) // the header itself, as it was sent
      this.#pages[page]!.headers++
      this.#pageOf[this.#headers++] = page
    })
  }

  /** Answers with the connections whose headers were written since the last time. */
  write(): ConnectionId[] {
    this.#writeAll()
    const told = [...this.#told]
    this.#told.clear()
    return told
  }

  #writeAll(): void {
    const ends = this.#sort()
    this.#pages.forEach(({ connection, leg, direction, headers }, page) => {
      const end = ends[page]! * packedHeaderBytes
      this.#write(connection, leg, direction, this.#sorted.subarray(end - headers * packedHeaderBytes, end))
      this.#told.add(connection)
    })
    this.#pages.length = 0
    this.#indexOf.clear()
    this.#headers = 0
  }

  #page({ connection, leg, direction }: Lane): number {
    const key = connection * 4 + (leg === 'upstream' ? 2 : 0) + (direction === 'to-client' ? 1 : 0)
    const known = this.#indexOf.get(key)
    if (known !== undefined) return known
    const index = this.#pages.push({ connection, leg, direction, headers: 0 }) - 1
    this.#indexOf.set(key, index)
    return index
  }

  /** Brings the headers of each page together, in order, and answers with where each page ends. */
  #sort(): number[] {
    let sum = 0
    const ends = this.#pages.map(({ headers }) => {
      sum += headers
      return sum - headers
    })
    for (let i = 0; i < this.#headers; i++) {
      const to = ends[this.#pageOf[i]!]!++
      const start = i * packedHeaderBytes
      this.#packed.copy(this.#sorted, to * packedHeaderBytes, start, start + packedHeaderBytes)
    }
    return ends
  }
}
