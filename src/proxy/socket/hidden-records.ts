import { packRecordHeader, recordHeaderBytes } from '../../tape/record-headers.ts'
import type { Lane } from '../../tape/recording.ts'
import { u16 } from '../../wire/bytes.ts'
import type { Tape } from '../ports.ts'

const headerLength = 5
const applicationData = 23
const smallRecord = 64 // kept whatever is in it: every alert and KeyUpdate without padding, and no useful request

/** What TLS 1.3 has decrypted, or encrypted, on a lane by now. */
export interface Sealing {
  /** Bytes of content so far. */
  content(): number
  /** Bytes that encryption adds to a record, its type among them. */
  readonly overhead: number
}

const none = new Uint8Array()
const single = new Uint8Array(recordHeaderBytes)

interface Record {
  readonly position: number
  readonly type: number
  /** Of the fragment. */
  readonly length: number
  /** Header and fragment. */
  readonly bytes: Uint8Array
}

/**
 * TLS 1.3 hides the type of a record in its encryption (RFC 8446 5.2). So the records of a lane are weighed against the
 * content that came out of them, or went in: where it is as much as they can hold, they are application data, of which
 * the headers are kept. Where it is less, something else is among them (tickets, CertificateRequest, KeyUpdate, alerts,
 * padding), and they are kept whole.
 */
export class HiddenRecords {
  readonly #tape: Tape
  readonly #lane: Lane
  readonly #sealing: Sealing
  #counted: number
  /** A record that has not come whole, and how much of it has. The room is used again until a chunk ends with a record. */
  #begun = none
  #have = 0

  constructor(tape: Tape, lane: Lane, sealing: Sealing) {
    this.#tape = tape
    this.#lane = lane
    this.#sealing = sealing
    this.#counted = sealing.content()
  }

  /** The content so far came out of records that are on the tape already. */
  rebase(): void {
    this.#counted = this.#sealing.content()
  }

  /** Takes the bytes at `position`; what they hold has been decrypted by now, or was encrypted. */
  push(chunk: Uint8Array, at: number, position: number): void {
    if (this.#isContentAlone(chunk)) {
      packRecordHeader(single, 0, position, chunk, 0)
      this.#tape.recordHeaders(this.#lane, at, single)
      return
    }
    const records: Record[] = []
    let from = 0
    if (this.#have > 0) {
      const start = position - this.#have
      from = this.#goOn(chunk, 0)
      if (!this.#isWhole()) return
      records.push(recordAt(this.#begun, 0, start))
      this.#have = 0
    }
    from = cut(chunk, from, position, records)
    this.#tell(records, at, this.#holdsMore(records))
    if (from < chunk.length) this.#goOn(chunk, from)
    else this.#begun = none
  }

  /** One whole record of nothing but content, as nearly every chunk of small messages is: told without a list. */
  #isContentAlone(chunk: Uint8Array): boolean {
    if (this.#have > 0 || chunk[0] !== applicationData || chunk.length <= headerLength + smallRecord) return false
    const length = u16(chunk, 3)
    const room = length - this.#sealing.overhead
    if (chunk.length !== headerLength + length || this.#sealing.content() - this.#counted < room) return false
    this.#counted += room
    return true
  }

  /** No more will come: what has not come whole is kept as it is, before `position`. */
  end(at: number, position: number): void {
    if (this.#have > 0) this.#tape.wire(this.#lane, at, position - this.#have, this.#begun.subarray(0, this.#have))
    this.#have = 0
  }

  /** Takes what the chunk has of the record that is begun; returns where the chunk goes on. */
  #goOn(chunk: Uint8Array, from: number): number {
    let at = from
    while (at < chunk.length && !this.#isWhole()) {
      const size = this.#have < headerLength ? headerLength : headerLength + u16(this.#begun, 3)
      if (this.#begun.length < size) {
        const room = new Uint8Array(size)
        room.set(this.#begun.subarray(0, this.#have))
        this.#begun = room
      }
      const to = Math.min(chunk.length, at + size - this.#have)
      this.#begun.set(chunk.subarray(at, to), this.#have)
      this.#have += to - at
      at = to
    }
    return at
  }

  #isWhole(): boolean {
    return this.#have >= headerLength && this.#have === headerLength + u16(this.#begun, 3)
  }

  /** Whether the records have room for more than the content. */
  #holdsMore(records: readonly Record[]): boolean {
    let long = 0
    let short = 0
    for (const { type, length } of records) {
      if (type !== applicationData) continue
      const room = Math.max(0, length - this.#sealing.overhead)
      if (length > smallRecord) long += room
      else short += room
    }
    const available = this.#sealing.content() - this.#counted
    this.#counted += Math.min(available, long + short)
    return available < long
  }

  #tell(records: readonly Record[], at: number, all: boolean): void {
    const headers = new Uint8Array(records.length * recordHeaderBytes)
    let packed = 0
    for (const { position, type, length, bytes } of records) {
      if (all || type !== applicationData || length <= smallRecord) this.#tape.wire(this.#lane, at, position, bytes)
      else packed = packRecordHeader(headers, packed, position, bytes, 0)
    }
    if (packed > 0) this.#tape.recordHeaders(this.#lane, at, headers.subarray(0, packed))
  }
}

const recordAt = (bytes: Uint8Array, at: number, position: number): Record => {
  const length = u16(bytes, at + 3)
  return { position, type: bytes[at]!, length, bytes: bytes.subarray(at, at + headerLength + length) }
}

/** Adds the records that are whole from `from` on; returns where the rest begins. */
function cut(chunk: Uint8Array, from: number, position: number, records: Record[]): number {
  let at = from
  while (chunk.length - at >= headerLength) {
    const end = at + headerLength + u16(chunk, at + 3)
    if (end > chunk.length) break
    records.push(recordAt(chunk, at, position + at))
    at = end
  }
  return at
}
