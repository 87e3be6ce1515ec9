import { u16 } from '../../bytes.ts'
import { tls13 } from '../registry/versions.ts'
import { contentType, nothing } from './protocol.ts'
import { maxPlaintext } from './records/limits.ts'
import type { Opener } from './records/opener.ts'
import { fail } from './tls-error.ts'

const headerLength = 5
const mostHeld = 1 << 18 // bytes that may wait for a verdict; the owner is asked to pause long before

export interface OpenedRecord {
  readonly type: number
  readonly content: Uint8Array
}

type Passed = (bytes: Uint8Array, type: number | undefined) => void

/** The server's bytes, however the network cut them, as records in clear: RFC 8446 5.1 and 5.2. */
export class ServerRecords {
  /** Absent while records come in clear. */
  opener: Opener | undefined
  /** The negotiated version; 0 before. */
  version = 0
  readonly #passed: Passed
  #chunk: Buffer = nothing
  #at = 0
  /** A record that chunks cut, as far as it came. */
  #partial: Buffer | undefined
  #partialLength = 0
  #any = false

  /** `passed` is told of every byte, once and in order. */
  constructor(passed: Passed = () => {}) {
    this.#passed = passed
  }

  /** What came and was not read: of a record that is not whole, and what is held. */
  get unfinished(): Buffer {
    return Buffer.concat([this.#cut, this.#chunk.subarray(this.#at)])
  }

  get #cut(): Buffer {
    return this.#partial?.subarray(0, this.#partialLength) ?? nothing
  }

  /** Takes bytes, which `next` reads; what it has not read when the caller's turn ends must be kept by `hold`. */
  feed(chunk: Buffer): void {
    this.#chunk = this.#at < this.#chunk.length ? Buffer.concat([this.#chunk.subarray(this.#at), chunk]) : chunk
    this.#at = 0
  }

  /** Keeps a copy of what `next` has not read. Throws TlsError where that is too much. */
  hold(): void {
    this.#chunk = Buffer.from(this.#chunk.subarray(this.#at))
    this.#at = 0
    if (this.#chunk.length > mostHeld)
      fail('internal-error', 'too much came before the certificate was judged', 'flood')
  }

  /** Passes on unread whatever is left. */
  discard(): void {
    const rest = [this.#cut, this.#chunk.subarray(this.#at)]
    this.#partialLength = 0
    this.#chunk = nothing
    this.#at = 0
    for (const bytes of rest) if (bytes.length > 0) this.#passed(bytes, undefined)
  }

  /** The next whole record, opened; undefined where more bytes must come. Throws TlsError. */
  next(): OpenedRecord | undefined {
    const record = this.#whole()
    if (!record) return undefined
    this.#any = true
    let opened: OpenedRecord
    try {
      opened = this.#open(record, record[0]!)
    } catch (error) {
      this.#passed(record, record[0])
      throw error
    }
    this.#passed(record, opened.type)
    if (opened.content.length > maxPlaintext) fail('record-overflow', 'more than 16,384 bytes in a record')
    return opened
  }

  #open(record: Buffer, type: number): OpenedRecord {
    // RFC 8446 5: a change_cipher_spec for the sake of middleboxes is in clear, and so is every one before TLS 1.3 that
    // begins encryption; one that renegotiates is sealed.
    const clear = !this.opener || (this.version === tls13 && type === contentType.changeCipherSpec)
    if (clear) return { type, content: record.subarray(headerLength) }
    if (this.version === tls13 && type !== contentType.data)
      fail('unexpected-message', `a record of type ${type} in clear`)
    if (type === contentType.changeCipherSpec && record.length === headerLength + 1)
      fail('unexpected-message', 'a change_cipher_spec in clear')
    const opened = this.opener!.open(record)
    if (this.version === tls13 && opened.type === contentType.changeCipherSpec)
      fail('unexpected-message', 'a change_cipher_spec that is sealed') // RFC 8446 5
    return opened
  }

  #whole(): Buffer | undefined {
    const chunk = this.#chunk
    while (this.#at < chunk.length) {
      const left = chunk.length - this.#at
      if (this.#partialLength === 0 && left >= headerLength) {
        const length = headerLength + this.#lengthIn(chunk, this.#at)
        if (left >= length) {
          this.#at += length
          return chunk.subarray(this.#at - length, this.#at)
        }
      }
      const record = this.#gather(chunk)
      if (record) return record
    }
    return undefined
  }

  /** Takes what it can of a record that chunks cut; returns it where it is whole. */
  #gather(chunk: Buffer): Buffer | undefined {
    this.#partial ??= Buffer.allocUnsafe(headerLength + maxPlaintext + 2048)
    const header = this.#partialLength < headerLength
    const end = header ? headerLength : headerLength + this.#lengthIn(this.#partial, 0)
    const took = chunk.copy(this.#partial, this.#partialLength, this.#at, this.#at + end - this.#partialLength)
    this.#at += took
    this.#partialLength += took
    if (this.#partialLength < end) return undefined
    // What is no record is refused at once; one of no bytes is whole with its header.
    if (header && this.#lengthIn(this.#partial, 0) > 0) return undefined
    this.#partialLength = 0
    return this.#partial.subarray(0, end)
  }

  /** How long the record is whose header is at `at`, without its header. */
  #lengthIn(bytes: Buffer, at: number): number {
    const length = u16(bytes, at + 3)
    const known = bytes[at]! >= 20 && bytes[at]! <= 24
    if (!this.#any && (!known || bytes[at + 1] !== 3))
      fail('protocol-version', 'the server does not speak TLS', 'not-tls')
    if (!known) fail('unexpected-message', `a record of type ${bytes[at]}`)
    if (bytes[at + 1] !== 3) fail('protocol-version', `a record of version ${u16(bytes, at + 1).toString(16)}`)
    if (length > maxPlaintext + (this.version === tls13 ? 256 : 2048))
      fail('record-overflow', `a record of ${length} bytes`)
    return length
  }
}
