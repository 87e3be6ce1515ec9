import { packRecordHeader, recordHeaderBytes } from '../../../tape/record-headers.ts'
import type { Lane } from '../../../tape/recording.ts'
import { u16 } from '../../../wire/bytes.ts'
import type { Tape } from '../../ports.ts'
import type { Withheld } from './withheld.ts'

const headerLength = 5
const mostHeaders = 32

/**
 * Tells the tape of the records of one direction for somebody who knows what is in them: of those with application data
 * the header, all else whole. A tape that wants ciphertext gets all of it.
 */
export class RecordTeller {
  readonly #tape: Tape
  readonly #lane: Lane
  #position: number
  /** Bytes from here on that the tape has already. */
  #known: number
  #headers: Uint8Array | undefined
  #packed = 0
  /** When the last record came of those whose headers wait. */
  #packedAt = 0
  readonly #withheld: Withheld

  /** `position` is that of the first byte to come in the TCP payload; `known` is how many from there on were told before. */
  constructor(tape: Tape, lane: Lane, withheld: Withheld, position: number, known = 0) {
    this.#withheld = withheld
    this.#tape = tape
    this.#lane = lane
    this.#position = position
    this.#known = known
  }

  /** Of the next byte, in the TCP payload. */
  get position(): number {
    return this.#position
  }

  /** Bytes in which there is more than application data, or that are no record. */
  whole(bytes: Uint8Array, at: number): void {
    this.flush()
    const known = Math.min(this.#known, bytes.length)
    this.#known -= known
    const position = this.#position + known
    this.#position += bytes.length
    if (known === bytes.length) return
    const told = known === 0 ? bytes : bytes.subarray(known)
    if (!this.#withheld.isKeeping) return this.#tape.wire(this.#lane, at, position, told)
    const copy = new Uint8Array(told)
    this.#withheld.tell(() => this.#tape.wire(this.#lane, at, position, copy))
  }

  /** Bytes that the tape is not to have. */
  pass(bytes: Uint8Array): void {
    this.#position += bytes.length
  }

  /** Whole records of nothing but application data. Their headers are told by `flush`. */
  data(records: Uint8Array, at: number): void {
    if (this.#withheld.isKeeping) return this.whole(records, at) // they have no place in a handshake
    if (this.#tape.ciphertext) this.#tape.ciphertext(this.#lane, at, this.#position, records)
    else {
      this.#packedAt = at
      this.#pack(records)
    }
    this.#position += records.length
  }

  /** Tells what `data` has kept back: once a chunk, because each telling costs. */
  flush(): void {
    if (this.#packed === 0) return
    this.#tape.recordHeaders(this.#lane, this.#packedAt, this.#headers!.subarray(0, this.#packed))
    this.#packed = 0
  }

  #pack(records: Uint8Array): void {
    this.#headers ??= new Uint8Array(recordHeaderBytes * mostHeaders)
    for (let from = 0; from + headerLength <= records.length; from += headerLength + u16(records, from + 3)) {
      if (this.#packed === this.#headers.length) this.flush()
      this.#packed = packRecordHeader(this.#headers, this.#packed, this.#position + from, records, from)
    }
  }
}
