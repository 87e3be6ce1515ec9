import { getCiphers } from 'node:crypto'
import { sealInPlace } from './aead.ts'
import { Nonce } from './nonce.ts'
import type { RecordAlgorithm, RecordKeys } from './record-algorithm.ts'
import { headerLength, numberedHeader, writeHeader } from './record-header.ts'
import type { RawRecord } from './record-reader.ts'
import { tls13 } from './registry/versions.ts'

const known = new Set(getCiphers())

/** Seals records of application data under one set of keys, each with the header and the number that it had. */
export class RecordSealer {
  readonly #version: number
  readonly #algorithm: RecordAlgorithm
  readonly #keys: RecordKeys

  constructor(version: number, algorithm: RecordAlgorithm, keys: RecordKeys) {
    this.#version = version
    this.#algorithm = algorithm
    this.#keys = keys
  }

  /** Bytes of content in a fragment of this length; undefined where its length does not say so, or no record is sealed. */
  room(length: number): number | undefined {
    const { kind, cipher, tagLength } = this.#algorithm
    if (kind !== 'aead' || !known.has(cipher)) return undefined
    const besides = this.#version >= tls13 ? 1 : this.#keys.iv.length === 12 ? 0 : 8
    const room = length - besides - tagLength
    return room < 0 ? undefined : room
  }

  /**
   * The fragment of a record. Its content is the `room` of its length; an explicit nonce is the sequence number, as most
   * have it (RFC 5288 3).
   */
  seal(record: Omit<RawRecord, 'fragment'>, sequence: bigint, content: Uint8Array): Uint8Array {
    const { type, version, length } = record
    if (this.#version >= tls13) {
      const header = Buffer.alloc(headerLength) // RFC 8446 5.2
      writeHeader(header, 0, type, version, length)
      return this.#encrypt(new Nonce(this.#keys.iv).of(sequence), header, [content, Uint8Array.of(type)])
    }
    const header = numberedHeader(sequence, type, version, content.length) // RFC 5246 6.2.3.3
    if (this.#keys.iv.length === 12) return this.#encrypt(new Nonce(this.#keys.iv).of(sequence), header, [content])
    const explicit = header.subarray(0, 8)
    return Buffer.concat([explicit, this.#encrypt(Buffer.concat([this.#keys.iv, explicit]), header, [content])])
  }

  #encrypt(nonce: Uint8Array, additional: Uint8Array, parts: readonly Uint8Array[]): Uint8Array {
    const sealed = Buffer.concat([...parts, Buffer.alloc(this.#algorithm.tagLength)])
    sealInPlace(
      this.#algorithm,
      this.#keys.key,
      nonce,
      additional,
      sealed,
      0,
      sealed.length - this.#algorithm.tagLength,
    )
    return sealed
  }
}
