import { createDecipheriv, getCiphers, timingSafeEqual } from 'node:crypto'
import { copyOf } from '../bytes.ts'
import { openAead } from './aead.ts'
import { Nonce } from './nonce.ts'
import { hmac } from './prf.ts'
import { Rc4 } from './rc4.ts'
import type { RecordAlgorithm, RecordKeys } from './record-algorithm.ts'
import { headerLength, numberedHeader, writeHeader } from './record-header.ts'
import type { RawRecord } from './record-reader.ts'
import { RecordSealer } from './record-sealer.ts'
import { ssl30, tls11, tls13 } from './registry/versions.ts'
import { ssl3Mac } from './ssl3.ts'

export interface OpenedRecord {
  /** Of the content: in TLS 1.3 the type inside the encryption. */
  readonly type: number
  readonly content: Uint8Array
}

/** What seals a record anew, and the number that it has there. */
export interface Seal {
  readonly sealer: RecordSealer
  readonly sequence: bigint
}

const known = new Set(getCiphers())
const mostTries = 16_384 // to find a sequence number, of one direction: each may decrypt 16 KB

/** Opens the records of one direction under one set of keys, and counts their sequence numbers. */
export class RecordCipher {
  readonly #version: number
  readonly #algorithm: RecordAlgorithm
  readonly #keys: RecordKeys
  readonly #encryptThenMac: boolean
  #sequence = 0n
  /** TLS 1.0: the last ciphertext block is the next IV; undefined after a record that was not kept. */
  #chained: Uint8Array | undefined
  /** Where the key stream of RC4 stands. */
  #stream: Rc4 | undefined
  #triesLeft = mostTries
  #sealer: RecordSealer | undefined

  constructor(version: number, algorithm: RecordAlgorithm, keys: RecordKeys, encryptThenMac = false) {
    this.#version = version
    this.#algorithm = algorithm
    this.#keys = keys
    this.#encryptThenMac = encryptThenMac && algorithm.kind === 'cbc'
    this.#chained = keys.iv
    if (algorithm.kind === 'stream' && algorithm.cipher === 'rc4') this.#stream = Rc4.of(keys.key)
  }

  /** Why no record of this algorithm can be opened, or undefined. */
  static unsupported(algorithm: RecordAlgorithm): string | undefined {
    const { kind, cipher } = algorithm
    if (kind === 'null' || cipher === 'rc4' || ((kind === 'aead' || kind === 'cbc') && known.has(cipher)))
      return undefined
    return `this runtime does not offer ${cipher}`
  }

  /** What the record that came last is under. */
  get seal(): Seal {
    this.#sealer ??= new RecordSealer(this.#version, this.#algorithm, this.#keys)
    return { sealer: this.#sealer, sequence: this.#sequence - 1n }
  }

  /** Counts a record that was not opened. A next TLS 1.0 record can be opened again after one whose bytes are known. */
  skip(record: RawRecord): void {
    this.#sequence++
    this.#chain(record.fragment)
    this.#stream?.apply(record.fragment ?? new Uint8Array(record.length))
  }

  /**
   * As open(), for a record before which others are missing, nobody knows how many: their sequence numbers are passed over,
   * up to `most`. `skipped` is how many they were.
   */
  openBehind(record: RawRecord, most: number): (OpenedRecord & { readonly skipped: number }) | string {
    const from = this.#sequence
    let opened = this.open(record)
    for (let skipped = 0; ; skipped++) {
      if (typeof opened !== 'string') return { ...opened, skipped }
      if (skipped >= most || this.#triesLeft-- <= 0) break
      this.#sequence++
      opened = this.open(record)
    }
    this.#sequence = from
    return opened
  }

  /** Bytes of content in a record; an estimate where padding hides it (CBC). */
  contentLength({ length }: RawRecord): number {
    const { kind, tagLength, macLength, ivLength } = this.#algorithm
    if (kind !== 'aead') return Math.max(0, length - macLength - (kind === 'cbc' ? ivLength + 1 : 0))
    const around = this.#version >= tls13 ? 1 : this.#keys.iv.length === 12 ? 0 : 8
    return Math.max(0, length - tagLength - around)
  }

  /** The record in clear, or a sentence on why not; then its sequence number is not taken. */
  open(record: RawRecord): OpenedRecord | string {
    if (!record.fragment) return 'only its header was kept'
    try {
      const opened = this.#open(record, record.fragment)
      if (typeof opened === 'string') return opened
      this.#sequence++
      this.#chain(record.fragment)
      return opened
    } catch {
      return this.#algorithm.kind === 'aead' ? 'its authentication tag does not match' : 'it could not be decrypted'
    }
  }

  #open(record: RawRecord, fragment: Uint8Array): OpenedRecord | string {
    switch (this.#algorithm.kind) {
      case 'aead':
        return this.#version >= tls13 ? this.#openInner(record, fragment) : this.#openAead(record, fragment)
      case 'cbc':
        return this.#encryptThenMac ? this.#openEncryptThenMac(record, fragment) : this.#openCbc(record, fragment)
      case 'null':
        return this.#stripMac(record, fragment)
      case 'stream':
        return this.#openStream(record, fragment)
    }
  }

  /** RFC 5246 6.2.3.1: the key stream goes on from record to record, and is not used up by one that stays closed. */
  #openStream(record: RawRecord, fragment: Uint8Array): OpenedRecord | string {
    if (!this.#stream) return `this runtime does not offer ${this.#algorithm.cipher}`
    const stream = this.#stream.copy()
    const opened = this.#stripMac(record, stream.apply(fragment))
    if (typeof opened !== 'string') this.#stream = stream
    return opened
  }

  /** RFC 8446 5.2: the record header is the additional data; type and zero padding stand inside. */
  #openInner(record: RawRecord, fragment: Uint8Array): OpenedRecord | string {
    const header = Buffer.alloc(headerLength)
    writeHeader(header, 0, record.type, record.version, fragment.length)
    const inner = this.#decryptAead(new Nonce(this.#keys.iv).of(this.#sequence), header, fragment)
    if (typeof inner === 'string') return inner
    let end = inner.length - 1
    while (end >= 0 && inner[end] === 0) end--
    if (end < 0) return 'there is nothing but padding inside'
    return { type: inner[end]!, content: inner.subarray(0, end) }
  }

  /** RFC 5246 6.2.3.3; the nonce of RFC 7905 2 for ChaCha20-Poly1305, of RFC 5288 3 for the others. */
  #openAead(record: RawRecord, fragment: Uint8Array): OpenedRecord | string {
    const explicit = this.#keys.iv.length === 12 ? 0 : 8
    const length = fragment.length - explicit - this.#algorithm.tagLength
    if (length < 0) return 'it is too short for its nonce and tag'
    const nonce = explicit
      ? Buffer.concat([this.#keys.iv, fragment.subarray(0, explicit)])
      : new Nonce(this.#keys.iv).of(this.#sequence)
    const content = this.#decryptAead(nonce, this.#macHeader(record, length), fragment.subarray(explicit))
    return typeof content === 'string' ? content : { type: record.type, content }
  }

  #decryptAead(nonce: Uint8Array, additional: Uint8Array, sealed: Uint8Array): Uint8Array | string {
    if (sealed.length < this.#algorithm.tagLength) return 'it is too short for its tag'
    return openAead(this.#algorithm, this.#keys.key, nonce, additional, sealed)
  }

  #openEncryptThenMac(record: RawRecord, fragment: Uint8Array): OpenedRecord | string {
    const length = fragment.length - this.#algorithm.macLength
    if (length < 0) return 'it is too short for its MAC'
    const sealed = fragment.subarray(0, length)
    if (!this.#macMatches(record, sealed, fragment.subarray(length))) return 'its MAC does not match' // RFC 7366 3
    const padded = this.#decryptCbc(sealed)
    if (typeof padded === 'string') return padded
    const content = unpad(padded)
    return content ? { type: record.type, content } : 'its padding is wrong'
  }

  #openCbc(record: RawRecord, fragment: Uint8Array): OpenedRecord | string {
    const padded = this.#decryptCbc(fragment)
    if (typeof padded === 'string') return padded
    const content = this.#version <= ssl30 ? unpadSsl3(padded) : unpad(padded)
    return content ? this.#stripMac(record, content) : 'its padding is wrong'
  }

  #decryptCbc(sealed: Uint8Array): Uint8Array | string {
    const { cipher, ivLength: blockLength } = this.#algorithm
    const explicit = this.#version >= tls11 // RFC 4346 6.2.3.2
    const iv = explicit ? sealed.subarray(0, blockLength) : this.#chained
    if (!iv) return 'the record before it was not kept, and TLS 1.0 takes its IV from there'
    const blocks = explicit ? sealed.subarray(blockLength) : sealed
    if (blocks.length === 0 || blocks.length % blockLength > 0) return `it is not whole blocks of ${blockLength} bytes`
    const decipher = createDecipheriv(cipher, this.#keys.key, iv)
    decipher.setAutoPadding(false)
    const first = decipher.update(blocks)
    const last = decipher.final()
    return last.length > 0 ? Buffer.concat([first, last]) : first
  }

  #stripMac(record: RawRecord, content: Uint8Array): OpenedRecord | string {
    const length = content.length - this.#algorithm.macLength
    if (length < 0) return 'it is too short for its MAC'
    const clear = content.subarray(0, length)
    if (!this.#macMatches(record, clear, content.subarray(length))) return 'its MAC does not match'
    return { type: record.type, content: clear }
  }

  #macMatches(record: RawRecord, content: Uint8Array, mac: Uint8Array): boolean {
    if (!this.#algorithm.mac) return mac.length === 0
    const key = this.#keys.macKey ?? new Uint8Array(0)
    const header = this.#macHeader(record, content.length)
    const computed =
      this.#version <= ssl30
        ? ssl3Mac(this.#algorithm.mac, key, Buffer.concat([header.subarray(0, 9), header.subarray(11)]), content)
        : hmac(this.#algorithm.mac, key, header, content)
    return computed.length === mac.length && timingSafeEqual(computed, mac)
  }

  /** Sequence number, type, version and length: RFC 5246 6.2.3.1 and 6.2.3.3. */
  #macHeader(record: RawRecord, length: number): Uint8Array {
    return numberedHeader(this.#sequence, record.type, record.version, length)
  }

  #chain(fragment: Uint8Array | undefined): void {
    const { kind, ivLength: blockLength, macLength } = this.#algorithm
    if (kind !== 'cbc' || this.#version >= tls11) return
    const end = (fragment?.length ?? 0) - (this.#encryptThenMac ? macLength : 0)
    this.#chained = fragment && end >= blockLength ? copyOf(fragment, end - blockLength, end) : undefined
  }
}

/** RFC 6101 5.2.3.2: only the last byte of the padding says anything. */
function unpadSsl3(padded: Uint8Array): Uint8Array | undefined {
  const end = padded.length - 1 - (padded.at(-1) ?? padded.length)
  return end < 0 ? undefined : padded.subarray(0, end)
}

/** RFC 5246 6.2.3.2: every byte of the padding holds its length. */
function unpad(padded: Uint8Array): Uint8Array | undefined {
  const padding = padded.at(-1)
  if (padding === undefined || padding >= padded.length) return undefined
  const end = padded.length - 1 - padding
  for (let i = end; i < padded.length; i++) if (padded[i] !== padding) return undefined
  return padded.subarray(0, end)
}
