import { createSecretKey, type KeyObject } from 'node:crypto'
import { openAead, sealInPlace } from '../../aead.ts'
import { Nonce } from '../../nonce.ts'
import type { RecordAlgorithm, RecordKeys } from '../../record-algorithm.ts'
import type { OpenedRecord } from '../../record-cipher.ts'
import { headerLength, writeHeader } from '../../record-header.ts'
import { TlsError } from '../tls-error.ts'
import { badRecord } from './bad-record.ts'
import { maxPlaintext } from './limits.ts'
import type { RecordProtection } from './record-protection.ts'

const applicationData = 23
const legacyVersion = 0x0303

/** RFC 8446 5.2: the type stands inside, behind the content; the header is the additional data. */
export class InnerRecords implements RecordProtection {
  readonly #algorithm: RecordAlgorithm
  readonly #key: KeyObject
  readonly #nonce: Nonce

  constructor(algorithm: RecordAlgorithm, keys: RecordKeys) {
    this.#algorithm = algorithm
    this.#key = createSecretKey(keys.key)
    this.#nonce = new Nonce(keys.iv)
  }

  seal(sequence: bigint, type: number, content: Uint8Array, into: Buffer, at: number): number {
    const start = at + headerLength
    const end = start + content.length + 1
    writeHeader(into, at, applicationData, legacyVersion, end - start + this.#algorithm.tagLength)
    into.set(content, start)
    into[end - 1] = type
    const header = into.subarray(at, start)
    return sealInPlace(this.#algorithm, this.#key, this.#nonce.of(sequence), header, into, start, end)
  }

  open(sequence: bigint, record: Buffer): OpenedRecord {
    const header = record.subarray(0, headerLength)
    const sealed = record.subarray(headerLength)
    if (sealed.length < this.#algorithm.tagLength) throw badRecord()
    let inner: Buffer
    try {
      inner = openAead(this.#algorithm, this.#key, this.#nonce.of(sequence), header, sealed)
    } catch {
      throw badRecord()
    }
    if (inner.length > maxPlaintext + 1) throw new TlsError(22, 'more than 16,385 bytes within a record')
    let end = inner.length - 1
    while (end >= 0 && inner[end] === 0) end-- // RFC 8446 5.4
    if (end < 0) throw new TlsError(10, 'a record of nothing but padding')
    return { type: inner[end]!, content: inner.subarray(0, end) }
  }
}
