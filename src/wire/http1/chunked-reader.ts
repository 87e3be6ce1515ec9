import type { Fault } from '../fault.ts'
import { type FieldLine, readFieldLines } from './field-lines.ts'
import { HeadReader } from './head-reader.ts'

export interface ChunkedSink {
  /** A view of body bytes, good until the call returns. */
  body(bytes: Uint8Array): void
  fault(fault: Fault): void
}

const cr = 13
const lf = 10

type State = 'size' | 'extension' | 'data' | 'data-end' | 'trailers'

/** RFC 9112 7.1.1, without the white space that nobody may send: `;name`, `;name=token`, `;name="text"`. */
const extensions =
  /^(?:;[!#$%&'*+.^_`|~\w-]+(?:=(?:[!#$%&'*+.^_`|~\w-]+|"(?:[\t !#-[\]-~\x80-\xff]|\\[\t -~\x80-\xff])*"))?)*$/
const longestJudged = 1024 // bytes of extensions

/** Reads one chunked body (RFC 9112 7.1). Chunk extensions are passed over, but for what is wrong with them. */
export class ChunkedReader {
  readonly #sink: ChunkedSink
  readonly #trailers = new HeadReader(true)
  #state: State = 'size'
  #size = 0
  #digits = 0
  /** Bytes of the chunk's data that have not come. */
  #left = 0
  #afterCr = false
  #bareLfTold = false
  /** What follows the size on its line, its beginning. */
  #extension = ''
  #extensionTold = false
  /** Set when `push` has answered the end. */
  trailers: readonly FieldLine[] | undefined

  constructor(sink: ChunkedSink) {
    this.#sink = sink
  }

  /** Reads from `from`: the position after the body, -1 when more bytes are needed, -2 when it cannot go on. */
  push(bytes: Uint8Array, from: number): number {
    let at = from
    while (at < bytes.length) {
      switch (this.#state) {
        case 'size':
        case 'extension':
          if (!this.#sizeByte(bytes[at++]!)) return -2
          break
        case 'data': {
          const end = Math.min(bytes.length, at + this.#left)
          this.#sink.body(at === 0 && end === bytes.length ? bytes : bytes.subarray(at, end))
          this.#left -= end - at
          at = end
          if (this.#left === 0) this.#state = 'data-end'
          break
        }
        case 'data-end':
          if (!this.#dataEndByte(bytes[at++]!)) return -2
          break
        case 'trailers':
          return this.#readTrailers(bytes, at)
      }
    }
    return -1
  }

  /** Passes over `length` bytes that nobody kept; false when they are not all inside one chunk's data. */
  drop(length: number): boolean {
    if (this.#state !== 'data' || length > this.#left) return false
    this.#left -= length
    if (this.#left === 0) this.#state = 'data-end'
    return true
  }

  #sizeByte(byte: number): boolean {
    if (byte === lf) return this.#sizeEnds()
    if (this.#afterCr) return this.#bad('a carriage return stands inside its line')
    if (byte === cr) {
      this.#afterCr = true
      return true
    }
    if (this.#state === 'extension') return this.#extensionByte(byte)
    const digit = hexDigit(byte)
    if (digit >= 0) {
      this.#size = this.#size * 16 + digit
      this.#digits++
      if (this.#size <= Number.MAX_SAFE_INTEGER) return true
      this.#sink.fault({ code: 'http1/chunk-too-large' })
      return false
    }
    // Blanks before the extension are bad white space (RFC 9112 7.1.1); some servers pad the size with them.
    if (this.#digits === 0 || (byte !== 59 && byte !== 32 && byte !== 9))
      return this.#bad(`it has a byte 0x${byte.toString(16).padStart(2, '0')}`)
    this.#state = 'extension'
    return this.#extensionByte(byte)
  }

  #extensionByte(byte: number): true {
    if (this.#extension.length < longestJudged) this.#extension += String.fromCharCode(byte)
    return true
  }

  #sizeEnds(): boolean {
    if (this.#digits === 0) return this.#bad('its line is empty')
    if (!this.#afterCr) this.#bareLf()
    if (this.#state === 'extension') this.#judgeExtension()
    this.#left = this.#size
    this.#state = this.#size === 0 ? 'trailers' : 'data'
    this.#size = 0
    this.#digits = 0
    this.#afterCr = false
    return true
  }

  #judgeExtension(): void {
    const text = this.#extension
    this.#extension = ''
    if (this.#extensionTold || text.length >= longestJudged || extensions.test(text)) return
    this.#extensionTold = true
    this.#sink.fault({ code: 'http1/bad-chunk-extension', detail: JSON.stringify(text.slice(0, 60)) })
  }

  #dataEndByte(byte: number): boolean {
    if (byte === cr && !this.#afterCr) {
      this.#afterCr = true
      return true
    }
    if (byte !== lf) {
      this.#sink.fault({ code: 'http1/bad-chunk-end' })
      return false
    }
    if (!this.#afterCr) this.#bareLf()
    this.#afterCr = false
    this.#state = 'size'
    return true
  }

  #readTrailers(bytes: Uint8Array, from: number): number {
    const end = this.#trailers.push(bytes, from)
    if (end === -2) this.#sink.fault({ code: 'http1/head-too-large', detail: 'a trailer section over 1 MB' })
    if (end >= 0) {
      const lines = readFieldLines(this.#trailers.text, 0)
      this.trailers = lines.headers
      for (const fault of lines.faults ?? []) this.#sink.fault(fault)
    }
    return end
  }

  #bad(detail: string): false {
    this.#sink.fault({ code: 'http1/bad-chunk-size', detail })
    return false
  }

  #bareLf(): void {
    if (this.#bareLfTold) return
    this.#bareLfTold = true
    this.#sink.fault({ code: 'http1/bare-lf-in-chunk' })
  }
}

function hexDigit(byte: number): number {
  if (byte >= 48 && byte <= 57) return byte - 48
  const letter = byte | 32
  return letter >= 97 && letter <= 102 ? letter - 87 : -1
}
