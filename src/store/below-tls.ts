import type { Direction, LegName } from '../model/party.ts'
import type { RecordHeader, WireChunk } from '../wire/tls/capture.ts'
import { directions, legs } from './codes.ts'
import { checked, oneOf, time, whole } from './shape.ts'

/**
 * What lies below TLS of one connection, packed as it came: a page a tick. An entry begins with a byte: its kind in two
 * bits, then one each for the upstream leg, to-client, and the time of the entry before it. Where that last bit is not
 * set, and the kind is no key, `at` follows as float64, big-endian. Then
 *
 * - wire: where it begins, as below; its length; the bytes
 * - header: where it begins, as below; the five bytes as they were sent
 * - key: its length; the line in UTF-8
 *
 * Lengths are varints, seven bits a byte, least first. A begin is told from the end of what its lane had before it on the
 * page, in zigzag: that of a record that follows the last is 0, a byte long.
 */
export const kinds = { wire: 0, header: 1, key: 2 } as const
export const bits = { upstream: 4, toClient: 8, sameTime: 16 } as const
/** Of a record header as it was sent: type, version, length. */
export const sentBytes = 5
const mostVarint = 2 ** 56 // eight bytes

export type BelowTls = { readonly leg: LegName } & (
  | { readonly kind: 'wire'; readonly direction: Direction; readonly chunk: WireChunk }
  | { readonly kind: 'header'; readonly direction: Direction; readonly header: RecordHeader }
  | { readonly kind: 'key'; readonly line: string }
)

/**
 * The entries of a page. What a damaged page ends inside of is left out; throws ShapeError for times, places and kinds
 * that Parley does not write.
 */
export function* unpackBelowTls(packed: Uint8Array): Generator<BelowTls> {
  const page = new Page(packed)
  const ends = [0, 0, 0, 0]
  let at = 0
  while (!page.over) {
    const flags = page.byte()
    const kind = checked(flags & 3, oneOf(...Object.values(kinds)), 'what lies below TLS')
    const leg = legs[flags & bits.upstream ? 1 : 0]!
    if (kind === kinds.key) {
      const line = page.bytes(page.varint())
      if (line) yield { kind: 'key', leg, line: Buffer.from(line).toString() }
      continue
    }
    if ((flags & bits.sameTime) === 0) at = page.time()
    const lane = (flags >> 2) & 3
    const offset = ends[lane]! + page.gap()
    const bytes = page.bytes(kind === kinds.wire ? page.varint() : sentBytes)
    if (!bytes) return
    checked(at, time, 'the time of what lies below TLS')
    checked(offset, whole, 'the place of what lies below TLS')
    const direction = directions[flags & bits.toClient ? 1 : 0]!
    if (kind === kinds.wire) {
      ends[lane] = offset + bytes.length
      if (bytes.length > 0) yield { kind: 'wire', leg, direction, chunk: { at, offset, bytes } }
    } else {
      const header = headerOf(at, offset, bytes)
      ends[lane] = offset + sentBytes + header.length
      yield { kind: 'header', leg, direction, header }
    }
  }
}

function headerOf(at: number, offset: number, sent: Uint8Array): RecordHeader {
  const [type, high, low, length, least] = sent as unknown as [number, number, number, number, number]
  return { at, offset, type, version: (high << 8) | low, length: (length << 8) | least }
}

/** Reads on; past its end there is nothing but zeros, and `bytes` says so. */
class Page {
  readonly #bytes: Uint8Array
  #at = 0

  constructor(packed: Uint8Array) {
    this.#bytes = packed
  }

  get over(): boolean {
    return this.#at >= this.#bytes.length
  }

  byte(): number {
    return this.#bytes[this.#at++] ?? 0
  }

  time(): number {
    const bytes = this.bytes(8)
    return bytes ? new DataView(bytes.buffer, bytes.byteOffset, 8).getFloat64(0) : 0
  }

  /** One that is longer than any that is written is infinite. */
  varint(): number {
    let value = 0
    for (let scale = 1; scale < mostVarint; scale *= 128) {
      const byte = this.byte()
      value += (byte & 127) * scale
      if (byte < 128) return value
    }
    return Number.POSITIVE_INFINITY
  }

  gap(): number {
    const value = this.varint()
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2
  }

  /** Undefined where the page ends before them. */
  bytes(length: number): Uint8Array | undefined {
    const from = this.#at
    this.#at += length
    return this.#at <= this.#bytes.length ? this.#bytes.subarray(from, this.#at) : undefined
  }
}
