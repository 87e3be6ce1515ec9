import { createCipheriv, getCiphers } from 'node:crypto'
import type { RecordAlgorithm, RecordKeys } from './record-algorithm.ts'
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
      const header = Buffer.alloc(5) // RFC 8446 5.2
      header.writeUInt8(type, 0)
      header.writeUInt16BE(version, 1)
      header.writeUInt16BE(length, 3)
      return this.#encrypt(this.#xorNonce(sequence), header, Buffer.concat([content, Uint8Array.of(type)]))
    }
    const header = Buffer.alloc(13) // RFC 5246 6.2.3.3
    header.writeBigUInt64BE(sequence, 0)
    header.writeUInt8(type, 8)
    header.writeUInt16BE(version, 9)
    header.writeUInt16BE(content.length, 11)
    if (this.#keys.iv.length === 12) return this.#encrypt(this.#xorNonce(sequence), header, content)
    const explicit = header.subarray(0, 8)
    return Buffer.concat([explicit, this.#encrypt(Buffer.concat([this.#keys.iv, explicit]), header, content)])
  }

  #encrypt(nonce: Uint8Array, additional: Uint8Array, content: Uint8Array): Uint8Array {
    const { cipher: name, tagLength: authTagLength } = this.#algorithm
    // The cipher is one of three families with the same calls; the types of node:crypto want each by its own name.
    const cipher = createCipheriv(name as 'aes-128-ccm', this.#keys.key, nonce, { authTagLength })
    cipher.setAAD(additional, { plaintextLength: content.length })
    return Buffer.concat([cipher.update(content), cipher.final(), cipher.getAuthTag()])
  }

  /** RFC 8446 5.3, RFC 7905 2. */
  #xorNonce(sequence: bigint): Uint8Array {
    const nonce = Buffer.from(this.#keys.iv)
    const at = nonce.length - 8
    nonce.writeBigUInt64BE(nonce.readBigUInt64BE(at) ^ sequence, at)
    return nonce
  }
}
