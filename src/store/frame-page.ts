import type { FrameEntry } from '../model/frame-entry.ts'
import type { Direction } from '../model/party.ts'
import { flagNames, frameTypeName } from '../wire/http2/names.ts'

/** Frames of one connection that follow each other, packed. */
export interface FramePage {
  /** Index of its first frame. */
  readonly first: number
  readonly count: number
  readonly packed: Uint8Array
}

/** The header of a frame, as the frame reader has it. */
interface Header {
  readonly type: number
  readonly flags: number
  readonly stream: number
  readonly length: number
}

const headBytes = 8 // at of the first frame, float64
/**
 * Big-endian: bits uint8 (1 to-client, 2 a kept payload follows), type uint8, flags uint8, length uint24, stream uint32,
 * µs since the page's first frame uint32; then, where bit 2 is set, the kept payload's length as uint16 and its bytes.
 */
const entryBytes = 14
const mostKept = 1024
const latest = 0xffff_ffff // µs: 71 minutes

/** Packs the frames of one connection as they come. */
export class FramePacker {
  #bytes = Buffer.allocUnsafe(256)
  #used = headBytes
  #startedAt = 0
  #first = 0
  #count = 0

  /** Bytes that wait to be taken. */
  get length(): number {
    return this.#used
  }

  /** `payload` is what may be kept of it; at most 1 KB is. */
  add(direction: Direction, at: number, header: Header, payload: Uint8Array | undefined): void {
    const kept = payload === undefined ? 0 : Math.min(payload.length, mostKept)
    if (this.#used + entryBytes + 2 + kept > this.#bytes.length) this.#grow(kept)
    if (this.#count++ === 0) this.#startedAt = at
    const bytes = this.#bytes
    const { type, flags, stream, length } = header
    const since = Math.min(latest, Math.max(0, Math.round((at - this.#startedAt) * 1000)))
    let i = this.#used
    bytes[i] = (direction === 'to-client' ? 1 : 0) | (kept > 0 ? 2 : 0)
    bytes[i + 1] = type
    bytes[i + 2] = flags
    bytes[i + 3] = length >> 16
    bytes[i + 4] = length >> 8
    bytes[i + 5] = length
    put32(bytes, i + 6, stream)
    put32(bytes, i + 10, since)
    i += entryBytes
    if (kept > 0) {
      bytes[i] = kept >> 8
      bytes[i + 1] = kept
      for (let from = 0; from < kept; from++) bytes[i + 2 + from] = payload![from]!
      i += 2 + kept
    }
    this.#used = i
  }

  /** What was added since the last time. */
  take(): FramePage | undefined {
    if (this.#count === 0) return undefined
    this.#bytes.writeDoubleBE(this.#startedAt, 0)
    const page = { first: this.#first, count: this.#count, packed: Buffer.from(this.#bytes.subarray(0, this.#used)) }
    this.#first += this.#count
    this.#count = 0
    this.#used = headBytes
    return page
  }

  #grow(kept: number): void {
    const larger = Buffer.allocUnsafe(Math.max(this.#bytes.length * 2, this.#used + entryBytes + 2 + kept))
    larger.set(this.#bytes.subarray(0, this.#used))
    this.#bytes = larger
  }
}

function put32(bytes: Buffer, at: number, value: number): void {
  bytes[at] = value >>> 24
  bytes[at + 1] = value >>> 16
  bytes[at + 2] = value >>> 8
  bytes[at + 3] = value
}

/** The frames of a page, of one stream where one is asked for. What a damaged page ends inside of is left out. */
export function unpackFrames({ first, packed }: FramePage, stream?: number): FrameEntry[] {
  const bytes = Buffer.from(packed.buffer, packed.byteOffset, packed.length)
  const entries: FrameEntry[] = []
  if (bytes.length < headBytes) return entries
  const startedAt = bytes.readDoubleBE(0)
  for (let i = headBytes, index = first; i + entryBytes <= bytes.length; index++) {
    const bits = bytes[i]!
    const start = i
    let payload: Uint8Array | undefined
    i += entryBytes
    if (bits & 2) {
      if (i + 2 > bytes.length || i + 2 + bytes.readUInt16BE(i) > bytes.length) break
      payload = bytes.subarray(i + 2, i + 2 + bytes.readUInt16BE(i))
      i += 2 + payload.length
    }
    const on = bytes.readUInt32BE(start + 6)
    if (stream !== undefined && stream !== on) continue
    const type = bytes[start + 1]!
    const flags = bytes[start + 2]!
    entries.push({
      index,
      direction: bits & 1 ? 'to-client' : 'to-server',
      at: startedAt + bytes.readUInt32BE(start + 10) / 1000,
      type,
      typeName: frameTypeName(type),
      flags,
      flagNames: flagNames(type, flags),
      stream: on,
      length: bytes.readUIntBE(start + 3, 3),
      ...(payload && { payload }),
    })
  }
  return entries
}
