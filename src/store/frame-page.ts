import type { FrameEntry } from '../model/frame-entry.ts'
import type { Direction } from '../model/party.ts'
import { hasFieldBlock } from '../wire/http2/field-fragment.ts'
import { flagNames, frameTypeName } from '../wire/http2/names.ts'
import { checked, time } from './shape.ts'

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
 * Big-endian: bits uint8 (1 to-client, 2 a kept payload follows, 4 a dynamic table follows), type uint8, flags uint8,
 * length uint24, stream uint32, µs since the page's first frame uint32; then, where bit 2 is set, the kept payload's length
 * as uint16 and its bytes, and where bit 4 is set, the same of the table.
 */
const entryBytes = 14
const mostKept = 1024
const mostFields = 16_384 // the largest frame that a sender may send unless it is told so
const mostTable = 0xffff
const mostSpare = 64 * 1024
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

  /** Of `payload` up to 16 KB are kept where it carries fields, else up to 1 KB; of `table` all, up to 64 KB. */
  add(direction: Direction, at: number, header: Header, payload?: Uint8Array, table?: Uint8Array): void {
    const most = hasFieldBlock(header.type) ? mostFields : mostKept
    const kept = payload === undefined ? 0 : Math.min(payload.length, most)
    const withTable = table !== undefined && table.length <= mostTable
    const needed = entryBytes + 2 + kept + (withTable ? 2 + table.length : 0)
    if (this.#used + needed > this.#bytes.length) this.#grow(needed)
    if (this.#count++ === 0) this.#startedAt = at
    const bytes = this.#bytes
    const { type, flags, stream, length } = header
    const since = Math.min(latest, Math.max(0, Math.round((at - this.#startedAt) * 1000)))
    let i = this.#used
    bytes[i] = (direction === 'to-client' ? 1 : 0) | (kept > 0 ? 2 : 0) | (withTable ? 4 : 0)
    bytes[i + 1] = type
    bytes[i + 2] = flags
    bytes[i + 3] = length >> 16
    bytes[i + 4] = length >> 8
    bytes[i + 5] = length
    put32(bytes, i + 6, stream)
    put32(bytes, i + 10, since)
    i += entryBytes
    if (kept > 0) i = putBytes(bytes, i, payload!, kept)
    if (withTable) i = putBytes(bytes, i, table, table.length)
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
    if (this.#bytes.length > mostSpare) this.#bytes = Buffer.allocUnsafe(256)
    return page
  }

  #grow(needed: number): void {
    const larger = Buffer.allocUnsafe(Math.max(this.#bytes.length * 2, this.#used + needed))
    larger.set(this.#bytes.subarray(0, this.#used))
    this.#bytes = larger
  }
}

/** Answers with where the next byte goes. */
function putBytes(bytes: Buffer, at: number, from: Uint8Array, length: number): number {
  bytes[at] = length >> 8
  bytes[at + 1] = length
  if (length > 64) bytes.set(from.subarray(0, length), at + 2)
  else for (let i = 0; i < length; i++) bytes[at + 2 + i] = from[i]!
  return at + 2 + length
}

function put32(bytes: Buffer, at: number, value: number): void {
  bytes[at] = value >>> 24
  bytes[at + 1] = value >>> 16
  bytes[at + 2] = value >>> 8
  bytes[at + 3] = value
}

/** Which frames of a page are wanted; the others are passed over. */
export type FrameChoice = (type: number, stream: number, direction: Direction) => boolean

/** The frames of a page, or those that are wanted. What a damaged page ends inside of is left out. */
export function unpackFrames({ first, packed }: FramePage, wanted?: FrameChoice): FrameEntry[] {
  const bytes = Buffer.from(packed.buffer, packed.byteOffset, packed.length)
  const entries: FrameEntry[] = []
  if (bytes.length < headBytes) return entries
  const startedAt = checked(bytes.readDoubleBE(0), time, 'the time of a page of frames')
  for (let i = headBytes, index = first; i + entryBytes <= bytes.length; index++) {
    const start = i
    const bits = bytes[start]!
    const payloadAt = start + entryBytes
    const tableAt = bits & 2 ? endOf(bytes, payloadAt) : payloadAt
    i = bits & 4 ? endOf(bytes, tableAt) : tableAt
    if (i > bytes.length) break
    const type = bytes[start + 1]!
    const stream = bytes.readUInt32BE(start + 6)
    const direction = bits & 1 ? 'to-client' : 'to-server'
    if (wanted && !wanted(type, stream, direction)) continue
    const flags = bytes[start + 2]!
    entries.push({
      index,
      direction,
      at: startedAt + bytes.readUInt32BE(start + 10) / 1000,
      type,
      typeName: frameTypeName(type),
      flags,
      flagNames: flagNames(type, flags),
      stream,
      length: bytes.readUIntBE(start + 3, 3),
      ...((bits & 2) !== 0 && { payload: bytes.subarray(payloadAt + 2, tableAt) }),
      ...((bits & 4) !== 0 && { table: bytes.subarray(tableAt + 2, i) }),
    })
  }
  return entries
}

/** Where bytes end that have their length before them; past the end where they are cut off. */
const endOf = (bytes: Buffer, at: number): number =>
  at + 2 <= bytes.length ? at + 2 + bytes.readUInt16BE(at) : bytes.length + 1
