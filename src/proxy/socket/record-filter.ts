import { packRecordHeader, recordHeaderBytes } from '../../tape/record-headers.ts'
import type { Lane } from '../../tape/recording.ts'
import { u16 } from '../../wire/bytes.ts'
import type { Tape } from '../ports.ts'
import { HiddenRecords, type Sealing } from './hidden-records.ts'

const headerLength = 5
const smallRecord = 64 // holds every TLS alert and KeyUpdate in encrypted form, and no useful request
const ticketRecord = 2048 // NewSessionTicket messages come right after the handshake, in records below this
const earlyRecords = 4
const handshake = 22
const applicationData = 23

const scratch = new Uint8Array(recordHeaderBytes * 512)

/**
 * Watches one direction below TLS and decides what the tape keeps: everything until the handshake is over,
 * then only the headers of application data records (RFC 8446 5.1), and the small records whole,
 * because alerts, tickets and key updates hide among them.
 */
export class RecordFilter {
  readonly #tape: Tape
  readonly #lane: Lane
  #position: number
  #settled = false
  /** The handshake is over, and the tape wants what follows. */
  #ciphertext = false
  #ignored = false
  /** Set while it is not known whether TLS comes at all: whom to tell if it does. */
  #doubt: (() => void) | undefined
  #passing = false
  #hidden: HiddenRecords | undefined
  #early = earlyRecords
  /** Bytes of the current record that are still to come. */
  #left = 0
  #keeping = true
  /** A header cut by the end of a chunk. */
  #header = new Uint8Array(headerLength)
  #headerLength = 0

  constructor(tape: Tape, lane: Lane, position: number) {
    this.#tape = tape
    this.#lane = lane
    this.#position = position
  }

  /** TCP payload bytes so far. */
  get position(): number {
    return this.#position
  }

  /**
   * The handshake is over: from the next record on, application data is not kept. `sealing` where TLS 1.3 hides what is
   * application data, and it is known how much of it there is. A tape that wants ciphertext gets all of it.
   */
  settle(sealing?: Sealing): void {
    this.#ciphertext = this.#tape.ciphertext !== undefined
    if (this.#ciphertext) return
    this.#settled = true
    if (sealing) this.#hidden = new HiddenRecords(this.#tape, this.#lane, sealing)
  }

  /** Whether a chunk is to be pushed when it has been decrypted, not before. */
  get weighs(): boolean {
    return this.#hidden !== undefined
  }

  /** What has been decrypted by now came of chunks that were pushed. */
  rebase(): void {
    this.#hidden?.rebase()
  }

  /** Keeps nothing more: there are no records here. */
  ignore(): void {
    this.#ignored = true
  }

  /** Records begin after all, with the last bytes of those that were ignored. */
  restart(unread: Uint8Array, at: number): void {
    this.#ignored = false
    this.#doubt = undefined
    this.#left = 0
    this.#headerLength = 0
    this.#position -= unread.length
    this.push(unread, at)
  }

  /** Keeps nothing more either, unless the next byte begins a TLS handshake; `found` is told of that. */
  doubt(found: () => void): void {
    this.#doubt = found
  }

  /** Keeps bytes that stand before the first record: an answer to CONNECT. */
  preamble(bytes: Uint8Array, at: number): void {
    this.#tape.wire(this.#lane, at, this.#position, bytes)
    this.#position += bytes.length
  }

  /** Walks over bytes that are on the tape already, for where the next record begins. */
  pass(chunk: Uint8Array): void {
    this.#passing = true
    this.push(chunk, 0)
    this.#passing = false
  }

  /** The connection has closed, perhaps within a record. */
  end(at: number): void {
    this.#hidden?.end(at, this.#position)
  }

  push(chunk: Uint8Array, at: number): void {
    const start = this.#position
    if (this.#passesBy(chunk, at)) return
    let keepFrom = 0
    let packed = 0
    let i = 0
    while (i < chunk.length) {
      if (this.#left > 0) {
        const n = Math.min(this.#left, chunk.length - i)
        this.#left -= n
        i += n
        if (!this.#keeping) keepFrom = i
        continue
      }
      let header = chunk
      let from = i
      if (this.#headerLength > 0 || chunk.length - i < headerLength) {
        i = this.#gather(chunk, i)
        if (this.#headerLength < headerLength) break
        this.#headerLength = 0
        header = this.#header
        from = 0
      } else i += headerLength
      this.#left = u16(header, from + 3)
      this.#keeping = this.#keeps(header[from]!, this.#left)
      if (this.#keeping) continue
      const headerAt = i - headerLength
      if (headerAt > keepFrom) this.#keep(chunk, at, start, keepFrom, headerAt)
      keepFrom = i
      packed = packRecordHeader(scratch, this.#room(packed, at), start + headerAt, header, from)
    }
    if (keepFrom < chunk.length) this.#keep(chunk, at, start, keepFrom, chunk.length)
    if (packed > 0) this.#tape.recordHeaders(this.#lane, at, scratch.subarray(0, packed))
    this.#position = start + chunk.length
  }

  /** There are no records in it, or they are weighed. */
  #passesBy(chunk: Uint8Array, at: number): boolean {
    if (!this.#ignores(chunk)) {
      if (!this.#hidden) return false
      this.#hidden.push(chunk, at, this.#position)
    }
    this.#position += chunk.length
    return true
  }

  /** Whether there are no records here; what was doubted shows with its first byte. */
  #ignores(chunk: Uint8Array): boolean {
    if (this.#doubt) {
      if (chunk[0] === handshake) this.#doubt()
      else this.#ignored = true
      this.#doubt = undefined
    }
    return this.#ignored
  }

  /** Where the next header is packed: those that fill the scratch are told first. */
  #room(packed: number, at: number): number {
    if (packed < scratch.length) return packed
    this.#tape.recordHeaders(this.#lane, at, scratch)
    return 0
  }

  /** Takes what it can of a header that chunks cut; returns where the chunk goes on. */
  #gather(chunk: Uint8Array, from: number): number {
    const to = Math.min(from + headerLength - this.#headerLength, chunk.length)
    this.#header.set(chunk.subarray(from, to), this.#headerLength)
    this.#headerLength += to - from
    return to
  }

  #keeps(type: number, length: number): boolean {
    if (!this.#settled || type !== applicationData || length <= smallRecord) return true
    return this.#early > 0 && this.#early-- > 0 && length <= ticketRecord
  }

  #keep(chunk: Uint8Array, at: number, start: number, from: number, to: number): void {
    if (this.#passing) return
    const bytes = from === 0 && to === chunk.length ? chunk : chunk.subarray(from, to)
    if (this.#ciphertext) this.#tape.ciphertext?.(this.#lane, at, start + from, bytes)
    else this.#tape.wire(this.#lane, at, start + from, bytes)
  }
}
