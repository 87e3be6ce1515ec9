import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  type KeyObject,
  randomFillSync,
} from 'node:crypto'
import type { RecordAlgorithm, RecordKeys } from '../record-algorithm.ts'
import { RecordCipher } from '../record-cipher.ts'
import { TlsError } from './tls-error.ts'

const headerLength = 5
const tls13 = 0x0304
export const maxPlaintext = 16_384

/** AES-GCM: RFC 8446 5.5 allows 2^24.5 full records under a key; more than that would be 370 GB. */
export const recordsPerKey = 2 ** 24

export const clearRecord = (type: number, version: number, content: Uint8Array): Buffer => {
  const record = Buffer.allocUnsafe(headerLength + content.length)
  header(record, 0, type, version, content.length)
  record.set(content, headerLength)
  return record
}

function header(into: Buffer, at: number, type: number, version: number, length: number): void {
  into[at] = type
  into[at + 1] = version >> 8
  into[at + 2] = version & 255
  into[at + 3] = length >> 8
  into[at + 4] = length & 255
}

/** One direction's nonce of RFC 8446 5.3 and RFC 7905 2: the IV with the sequence number in its last bytes. */
class Nonce {
  readonly #iv: Buffer
  readonly bytes: Buffer
  sequence = 0

  constructor(iv: Uint8Array) {
    this.#iv = Buffer.from(iv)
    this.bytes = Buffer.from(iv)
  }

  /** Takes the next sequence number. A number stays exact below 2^53. */
  next(): Buffer {
    const low = this.sequence % 0x1_0000_0000
    const high = (this.sequence - low) / 0x1_0000_0000
    this.bytes.writeUInt32BE((this.#iv.readUInt32BE(4) ^ high) >>> 0, 4)
    this.bytes.writeUInt32BE((this.#iv.readUInt32BE(8) ^ low) >>> 0, 8)
    this.sequence++
    return this.bytes
  }
}

const aadOf12 = (sequence: number, type: number, version: number, length: number): Buffer => {
  const aad = Buffer.allocUnsafe(13)
  aad.writeUInt32BE(Math.floor(sequence / 0x1_0000_0000), 0)
  aad.writeUInt32BE(sequence % 0x1_0000_0000, 4)
  header(aad, 8, type, version, length)
  return aad
}

/** Protects the records of our direction under one set of keys. */
export class Sealer {
  readonly #version: number
  readonly #algorithm: RecordAlgorithm
  readonly #keys: RecordKeys
  /** As node:crypto takes it fastest. */
  readonly #key: KeyObject
  readonly #nonce: Nonce
  readonly #encryptThenMac: boolean
  /** TLS 1.0: the last block of the record before. */
  #chained: Uint8Array

  constructor(version: number, algorithm: RecordAlgorithm, keys: RecordKeys, encryptThenMac = false) {
    this.#version = version
    this.#algorithm = algorithm
    this.#keys = keys
    this.#key = createSecretKey(keys.key)
    this.#nonce = new Nonce(keys.iv.length === 12 ? keys.iv : new Uint8Array(12))
    this.#encryptThenMac = encryptThenMac
    this.#chained = keys.iv
  }

  get sealed(): number {
    return this.#nonce.sequence
  }

  /** How many bytes a record grows by, at most. */
  get overhead(): number {
    return headerLength + 80
  }

  /** Writes one record to `into` at `at`; returns where it ends. */
  seal(type: number, content: Uint8Array, into: Buffer, at: number): number {
    if (this.#algorithm.kind === 'cbc') return this.#sealCbc(type, content, into, at)
    if (this.#algorithm.kind === 'null') return this.#sealNull(type, content, into, at)
    return this.#version >= tls13 ? this.#seal13(type, content, into, at) : this.#sealAead12(type, content, into, at)
  }

  #seal13(type: number, content: Uint8Array, into: Buffer, at: number): number {
    const { cipher: name, tagLength: authTagLength } = this.#algorithm
    const length = content.length + 1 + authTagLength
    header(into, at, 23, 0x0303, length)
    const cipher = createCipheriv(name as 'aes-128-ccm', this.#key, this.#nonce.next(), { authTagLength })
    cipher.setAAD(into.subarray(at, at + headerLength), { plaintextLength: content.length + 1 })
    const body = at + headerLength
    if (content.length <= 2048 || name.endsWith('ccm')) {
      // The plaintext lies where the ciphertext will: no buffer of its own.
      into.set(content, body)
      into[body + content.length] = type
      into.set(cipher.update(into.subarray(body, body + content.length + 1)), body)
    } else {
      into.set(cipher.update(content), body)
      into.set(cipher.update(Buffer.of(type)), body + content.length)
    }
    cipher.final()
    into.set(cipher.getAuthTag(), body + content.length + 1)
    return body + length
  }

  #sealAead12(type: number, content: Uint8Array, into: Buffer, at: number): number {
    const { cipher: name, tagLength: authTagLength } = this.#algorithm
    const sequence = this.#nonce.sequence
    const xored = this.#nonce.next()
    const explicit = this.#keys.iv.length === 12 ? 0 : 8
    const length = explicit + content.length + authTagLength
    header(into, at, type, this.#version, length)
    const body = at + headerLength
    let nonce: Uint8Array = xored
    if (explicit) {
      // RFC 5288 3: any value that does not repeat; the sequence number, as OpenSSL and Go do it.
      into.writeUInt32BE(Math.floor(sequence / 0x1_0000_0000), body)
      into.writeUInt32BE(sequence % 0x1_0000_0000, body + 4)
      nonce = Buffer.concat([this.#keys.iv, into.subarray(body, body + 8)])
    }
    const cipher = createCipheriv(name as 'aes-128-ccm', this.#key, nonce, { authTagLength })
    cipher.setAAD(aadOf12(sequence, type, this.#version, content.length), { plaintextLength: content.length })
    into.set(cipher.update(content), body + explicit)
    cipher.final()
    into.set(cipher.getAuthTag(), body + explicit + content.length)
    return body + length
  }

  #mac(sequence: number, type: number, content: Uint8Array): Buffer {
    const { mac = '' } = this.#algorithm
    const running = createHmac(mac, this.#keys.macKey ?? new Uint8Array(0))
    return running
      .update(aadOf12(sequence, type, this.#version, content.length))
      .update(content)
      .digest()
  }

  #sealNull(type: number, content: Uint8Array, into: Buffer, at: number): number {
    const mac = this.#mac(this.#nonce.sequence++, type, content)
    header(into, at, type, this.#version, content.length + mac.length)
    into.set(content, at + headerLength)
    into.set(mac, at + headerLength + content.length)
    return at + headerLength + content.length + mac.length
  }

  /** RFC 5246 6.2.3.2; with encrypt-then-MAC RFC 7366 3. */
  #sealCbc(type: number, content: Uint8Array, into: Buffer, at: number): number {
    const { cipher: name, ivLength: block } = this.#algorithm
    const sequence = this.#nonce.sequence++
    const explicit = this.#version >= 0x0302
    const iv = explicit ? randomFillSync(Buffer.allocUnsafe(block)) : this.#chained
    const plain = this.#encryptThenMac ? content : Buffer.concat([content, this.#mac(sequence, type, content)])
    const padding = block - 1 - (plain.length % block)
    const cipher = createCipheriv(name, this.#key, iv)
    cipher.setAutoPadding(false)
    const blocks = cipher.update(Buffer.concat([plain, Buffer.alloc(padding + 1, padding)]))
    cipher.final()
    this.#chained = blocks.subarray(blocks.length - block)
    const sealed = explicit ? Buffer.concat([iv, blocks]) : blocks
    const mac = this.#encryptThenMac ? this.#mac(sequence, type, sealed) : Buffer.alloc(0)
    header(into, at, type, this.#version, sealed.length + mac.length)
    into.set(sealed, at + headerLength)
    into.set(mac, at + headerLength + sealed.length)
    return at + headerLength + sealed.length + mac.length
  }
}

/** Opens the records of the server's direction under one set of keys. */
export class Opener {
  readonly #version: number
  readonly #algorithm: RecordAlgorithm
  readonly #keys: RecordKeys
  /** As node:crypto takes it fastest. */
  readonly #key: KeyObject
  readonly #nonce: Nonce
  /** Parley's own, for what is no AEAD. */
  readonly #other: RecordCipher | undefined

  constructor(version: number, algorithm: RecordAlgorithm, keys: RecordKeys, encryptThenMac = false) {
    this.#version = version
    this.#algorithm = algorithm
    this.#keys = keys
    this.#key = createSecretKey(keys.key)
    this.#nonce = new Nonce(keys.iv.length === 12 ? keys.iv : new Uint8Array(12))
    if (algorithm.kind !== 'aead') this.#other = new RecordCipher(version, algorithm, keys, encryptThenMac)
  }

  /** Sets `type` and returns the content. Throws bad_record_mac; what was wrong is not told apart (RFC 5246 7.2.2). */
  open(record: Buffer): { readonly type: number; readonly content: Uint8Array } {
    const type = record[0]!
    if (this.#other) {
      const fragment = Buffer.from(record.subarray(headerLength)) // TLS 1.0 keeps its last block
      const opened = this.#other.open({
        direction: 'to-client',
        at: 0,
        offset: 0,
        type,
        version: this.#version,
        length: fragment.length,
        fragment,
      })
      if (typeof opened === 'string') throw new TlsError(20, opened)
      return opened
    }
    const { tagLength, cipher: name } = this.#algorithm
    const explicit = this.#version < tls13 && this.#keys.iv.length !== 12 ? 8 : 0
    const start = headerLength + explicit
    const end = record.length - tagLength
    if (end < start) throw new TlsError(20, 'a record too short for its tag')
    const sequence = this.#nonce.sequence
    const xored = this.#nonce.next()
    const nonce = explicit ? Buffer.concat([this.#keys.iv, record.subarray(headerLength, start)]) : xored
    const decipher = createDecipheriv(name as 'aes-128-ccm', this.#key, nonce, { authTagLength: tagLength })
    decipher.setAuthTag(record.subarray(end))
    const aad =
      this.#version >= tls13 ? record.subarray(0, headerLength) : aadOf12(sequence, type, this.#version, end - start)
    let plain: Buffer
    try {
      decipher.setAAD(aad, { plaintextLength: end - start })
      plain = decipher.update(record.subarray(start, end))
      decipher.final()
    } catch {
      throw new TlsError(20, 'a record whose authentication tag does not match')
    }
    if (this.#version < tls13) return { type, content: plain }
    if (plain.length > maxPlaintext + 1) throw new TlsError(22, 'more than 16,385 bytes within a record')
    let last = plain.length - 1
    while (last >= 0 && plain[last] === 0) last--
    if (last < 0) throw new TlsError(10, 'a record of nothing but padding')
    return { type: plain[last]!, content: plain.subarray(0, last) }
  }
}
