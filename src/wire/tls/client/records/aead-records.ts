import { createSecretKey, type KeyObject } from 'node:crypto'
import { openAead, sealInPlace } from '../../aead.ts'
import { Nonce } from '../../nonce.ts'
import type { RecordAlgorithm, RecordKeys } from '../../record-algorithm.ts'
import type { OpenedRecord } from '../../record-cipher.ts'
import { headerLength, numberedHeader, writeHeader } from '../../record-header.ts'
import { badRecord } from './bad-record.ts'
import type { RecordProtection } from './record-protection.ts'

/**
 * RFC 5246 6.2.3.3. The nonce of GCM and CCM is half derived and half in the record (RFC 5288 3): there we send the sequence
 * number, which does not repeat. That of ChaCha20-Poly1305 is derived (RFC 7905 2).
 */
export class AeadRecords implements RecordProtection {
  readonly #version: number
  readonly #algorithm: RecordAlgorithm
  readonly #key: KeyObject
  readonly #derived: Nonce | undefined
  /** A nonce whose second half is that of a record. */
  readonly #halves = Buffer.alloc(12)
  /** Bytes of the nonce in each record. */
  readonly #explicit: number

  constructor(version: number, algorithm: RecordAlgorithm, keys: RecordKeys) {
    this.#version = version
    this.#algorithm = algorithm
    this.#key = createSecretKey(keys.key)
    this.#halves.set(keys.iv)
    this.#explicit = this.#halves.length - keys.iv.length
    if (this.#explicit === 0) this.#derived = new Nonce(keys.iv)
  }

  seal(sequence: bigint, type: number, content: Uint8Array, into: Buffer, at: number): number {
    const start = at + headerLength + this.#explicit
    writeHeader(into, at, type, this.#version, this.#explicit + content.length + this.#algorithm.tagLength)
    const additional = numberedHeader(sequence, type, this.#version, content.length)
    into.set(additional.subarray(0, this.#explicit), at + headerLength)
    into.set(content, start)
    const nonce = this.#nonce(sequence, into, at)
    return sealInPlace(this.#algorithm, this.#key, nonce, additional, into, start, start + content.length)
  }

  open(sequence: bigint, record: Buffer): OpenedRecord {
    const type = record[0]!
    const sealed = record.subarray(headerLength + this.#explicit)
    const length = sealed.length - this.#algorithm.tagLength
    if (length < 0) throw badRecord()
    const additional = numberedHeader(sequence, type, this.#version, length)
    try {
      const nonce = this.#nonce(sequence, record, 0)
      return { type, content: openAead(this.#algorithm, this.#key, nonce, additional, sealed) }
    } catch {
      throw badRecord()
    }
  }

  #nonce(sequence: bigint, record: Buffer, at: number): Uint8Array {
    if (this.#derived) return this.#derived.of(sequence)
    record.copy(this.#halves, this.#halves.length - this.#explicit, at + headerLength)
    return this.#halves
  }
}
