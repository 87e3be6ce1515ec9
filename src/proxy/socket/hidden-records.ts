import { packRecordHeader, recordHeaderBytes } from '../../tape/record-headers.ts'
import type { Lane } from '../../tape/recording.ts'
import { u16 } from '../../wire/bytes.ts'
import type { Tape } from '../ports.ts'

const headerLength = 5
const applicationData = 23
const smallRecord = 64 // kept whatever is in it: every alert and KeyUpdate without padding, and no useful request
const contentRecord = 8192 // of this length it is taken for content before it has come whole: nothing else is met so long

/** What TLS 1.3 has decrypted, or encrypted, on a lane by now. */
export interface Sealing {
  /** Bytes of content so far. */
  content(): number
  /** Bytes that encryption adds to a record, its type among them. */
  readonly overhead: number
}

const single = new Uint8Array(recordHeaderBytes)

interface Record {
  readonly position: number
  readonly type: number
  /** Of the fragment. */
  readonly length: number
  /** Header and fragment, or the header alone of what was taken for content. */
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
  /** The begin of a record that has not come whole. */
  #begun: Buffer | undefined
  /** Bytes still to come of a record that is taken for content, and how much content it holds. */
  #left = 0
  #awaited = 0

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
    let from = 0
    let awaited = 0
    if (this.#left > 0) {
      from = Math.min(this.#left, chunk.length)
      this.#left -= from
      if (this.#left === 0) awaited = this.#awaited
    }
    const begun = this.#begun
    const bytes = begun ? Buffer.concat([begun, chunk]) : chunk.subarray(from)
    this.#begun = undefined
    const records = this.#cut(bytes, position + from - (begun?.length ?? 0))
    this.#tell(records, at, this.#holdsMore(records, awaited))
  }

  /** One whole record of nothing but content, as nearly every chunk of small messages is: told without a list. */
  #isContentAlone(chunk: Uint8Array): boolean {
    if (this.#left > 0 || this.#begun || chunk[0] !== applicationData || chunk.length <= headerLength + smallRecord)
      return false
    const length = u16(chunk, 3)
    const room = length - this.#sealing.overhead
    if (chunk.length !== headerLength + length || this.#sealing.content() - this.#counted < room) return false
    this.#counted += room
    return true
  }

  /** No more will come: what has not come whole is kept as it is, before `position`. */
  end(at: number, position: number): void {
    const begun = this.#begun
    this.#begun = undefined
    if (begun) this.#tape.wire(this.#lane, at, position - begun.length, begun)
  }

  /** Whether the records have room for more than the content. What was told begun counts when it is whole. */
  #holdsMore(records: readonly Record[], awaited: number): boolean {
    let long = awaited
    let short = 0
    for (const { type, length, bytes } of records) {
      if (type !== applicationData || bytes.length === headerLength) continue
      const room = Math.max(0, length - this.#sealing.overhead)
      if (length > smallRecord) long += room
      else short += room
    }
    const available = this.#sealing.content() - this.#counted
    this.#counted += Math.min(available, long + short)
    return available < long
  }

  /** The records that are whole, and the header of one that is taken for content; the rest waits. */
  #cut(bytes: Uint8Array, position: number): Record[] {
    const records: Record[] = []
    let at = 0
    while (bytes.length - at >= headerLength) {
      const [type, length] = [bytes[at]!, u16(bytes, at + 3)]
      const end = at + headerLength + length
      const whole = end <= bytes.length
      if (!whole && (type !== applicationData || length < contentRecord)) break
      const kept = bytes.subarray(at, whole ? end : at + headerLength)
      records.push({ position: position + at, type, length, bytes: kept })
      if (!whole) {
        this.#left = end - bytes.length
        this.#awaited = Math.max(0, length - this.#sealing.overhead)
      }
      at = end
    }
    if (at < bytes.length) this.#begun = Buffer.from(bytes.subarray(at))
    return records
  }

  #tell(records: readonly Record[], at: number, all: boolean): void {
    const headers = new Uint8Array(records.length * recordHeaderBytes)
    let packed = 0
    for (const { position, type, length, bytes } of records) {
      const whole = bytes.length === headerLength + length
      if (whole && (all || type !== applicationData || length <= smallRecord))
        this.#tape.wire(this.#lane, at, position, bytes)
      else packed = packRecordHeader(headers, packed, position, bytes, 0)
    }
    if (packed > 0) this.#tape.recordHeaders(this.#lane, at, headers.subarray(0, packed))
  }
}
