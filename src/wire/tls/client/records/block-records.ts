import { createCipheriv, createSecretKey, type KeyObject, randomFillSync } from 'node:crypto'
import { hmac } from '../../prf.ts'
import type { RecordAlgorithm, RecordKeys } from '../../record-algorithm.ts'
import { type OpenedRecord, RecordCipher } from '../../record-cipher.ts'
import { headerLength, numberedHeader, writeHeader } from '../../record-header.ts'
import { tls11 } from '../../registry/versions.ts'
import { badRecord } from './bad-record.ts'
import type { RecordProtection } from './record-protection.ts'

/**
 * CBC with a MAC before (RFC 5246 6.2.3.2) or behind (RFC 7366 3) the encryption. Opening is RecordCipher's, which counts for
 * itself; with the MAC before the encryption it takes a time that tells padding from MAC.
 */
export class BlockRecords implements RecordProtection {
  readonly #version: number
  readonly #algorithm: RecordAlgorithm
  readonly #key: KeyObject
  readonly #macKey: Uint8Array
  readonly #encryptThenMac: boolean
  readonly #opening: RecordCipher
  /** TLS 1.0: the IV of the next record is the last block of the one before. */
  #chained: Uint8Array

  constructor(version: number, algorithm: RecordAlgorithm, keys: RecordKeys, encryptThenMac: boolean) {
    this.#version = version
    this.#algorithm = algorithm
    this.#key = createSecretKey(keys.key)
    this.#macKey = keys.macKey ?? new Uint8Array(0)
    this.#encryptThenMac = encryptThenMac
    this.#opening = new RecordCipher(version, algorithm, keys, encryptThenMac)
    this.#chained = keys.iv
  }

  seal(sequence: bigint, type: number, content: Uint8Array, into: Buffer, at: number): number {
    const { ivLength: block, macLength } = this.#algorithm
    const fragment = at + headerLength
    const iv = this.#version >= tls11 ? randomFillSync(into.subarray(fragment, fragment + block)) : this.#chained
    const start = this.#version >= tls11 ? fragment + block : fragment
    let end = start + content.length
    into.set(content, start)
    if (!this.#encryptThenMac) end = this.#putMac(sequence, type, content, into, end)
    end = this.#encrypt(iv, into, start, pad(into, end, block - ((end - start) % block)))
    this.#chained = Buffer.from(into.subarray(end - block, end))
    const length = end - fragment
    if (this.#encryptThenMac) end = this.#putMac(sequence, type, into.subarray(fragment, end), into, end)
    writeHeader(into, at, type, this.#version, length + (this.#encryptThenMac ? macLength : 0))
    return end
  }

  open(_sequence: bigint, record: Buffer): OpenedRecord {
    const fragment = record.subarray(headerLength)
    const opened = this.#opening.open({
      direction: 'to-client',
      at: 0,
      offset: 0,
      type: record[0]!,
      version: this.#version,
      length: fragment.length,
      fragment,
    })
    if (typeof opened === 'string') throw badRecord()
    return opened
  }

  #putMac(sequence: bigint, type: number, covered: Uint8Array, into: Buffer, at: number): number {
    const header = numberedHeader(sequence, type, this.#version, covered.length)
    into.set(hmac(this.#algorithm.mac ?? '', this.#macKey, header, covered), at)
    return at + this.#algorithm.macLength
  }

  #encrypt(iv: Uint8Array, bytes: Buffer, start: number, end: number): number {
    const cipher = createCipheriv(this.#algorithm.cipher, this.#key, iv)
    cipher.setAutoPadding(false)
    bytes.set(cipher.update(bytes.subarray(start, end)), start)
    cipher.final()
    return end
  }
}

/** Every byte of the padding holds its length, the byte of the length not counted; returns where it ends. */
function pad(into: Buffer, at: number, size: number): number {
  into.fill(size - 1, at, at + size)
  return at + size
}
