import { flag, frameType } from './names.ts'

/** Bytes of a frame's header (RFC 9113 4.1). */
export const frameHeader = 9

/** Puts the header of a frame with `length` bytes of payload at an offset. */
export function putHeader(
  into: Uint8Array,
  at: number,
  type: number,
  flags: number,
  stream: number,
  length: number,
): void {
  into[at] = length >> 16
  into[at + 1] = length >> 8
  into[at + 2] = length
  into[at + 3] = type
  into[at + 4] = flags
  put32(into, at + 5, stream)
}

/** Puts 32 bits at an offset. */
export function put32(into: Uint8Array, at: number, value: number): void {
  into[at] = value >>> 24
  into[at + 1] = value >>> 16
  into[at + 2] = value >>> 8
  into[at + 3] = value
}

export function frame(type: number, flags: number, stream: number, payload: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(frameHeader + payload.length)
  putHeader(bytes, 0, type, flags, stream, payload.length)
  bytes.set(payload, frameHeader)
  return bytes
}

export const dataFrame = (stream: number, bytes: Uint8Array, endStream: boolean): Uint8Array =>
  frame(frameType.data, endStream ? flag.endStream : 0, stream, bytes)

function frameOf32(type: number, stream: number, value: number): Uint8Array {
  const bytes = new Uint8Array(frameHeader + 4)
  putHeader(bytes, 0, type, 0, stream, 4)
  put32(bytes, frameHeader, value)
  return bytes
}

/** `increment`: bytes, from 1. */
export const windowUpdate = (stream: number, increment: number): Uint8Array =>
  frameOf32(frameType.windowUpdate, stream, increment)

export const rstStream = (stream: number, error: number): Uint8Array => frameOf32(frameType.rstStream, stream, error)

/** Says that no new streams are taken, while all that may be under way go on (RFC 9113 6.8). */
export function lastGoAway(): Uint8Array {
  const payload = new Uint8Array(8)
  put32(payload, 0, 2 ** 31 - 1)
  return frame(frameType.goaway, 0, 0, payload)
}

/** What a HEADERS or PUSH_PROMISE frame has besides its field block. */
export interface BlockShape {
  readonly type: number
  readonly stream: number
  readonly endStream: boolean
  /** Before the fragment: the priority's five bytes, or the promised stream's four. */
  readonly before?: Uint8Array | undefined
  /** Bytes of padding; absent where the frame has no such field. */
  readonly padding?: number | undefined
}

/** A header block as one frame, and as many CONTINUATION frames as `maxFrame` bytes of payload ask for (RFC 9113 6.10). */
export function blockFrames(shape: BlockShape, block: Uint8Array, maxFrame: number): Uint8Array {
  const { type, stream, endStream, before, padding } = shape
  const ahead = (padding === undefined ? 0 : 1) + (before?.length ?? 0)
  const first = Math.max(0, Math.min(block.length, maxFrame - ahead - (padding ?? 0)))
  const frames = 1 + Math.ceil((block.length - first) / maxFrame)
  const bytes = new Uint8Array(frames * frameHeader + ahead + (padding ?? 0) + block.length)
  const flags =
    (endStream ? flag.endStream : 0) |
    (frames === 1 ? flag.endHeaders : 0) |
    (padding === undefined ? 0 : flag.padded) |
    (type === frameType.headers && before ? flag.priority : 0)
  putHeader(bytes, 0, type, flags, stream, ahead + first + (padding ?? 0))
  let at = frameHeader
  if (padding !== undefined) bytes[at++] = padding
  if (before) bytes.set(before, at)
  at += before?.length ?? 0
  bytes.set(first === block.length ? block : block.subarray(0, first), at)
  at += first + (padding ?? 0)
  for (let from = first; from < block.length; from += maxFrame) {
    const to = Math.min(block.length, from + maxFrame)
    putHeader(bytes, at, frameType.continuation, to === block.length ? flag.endHeaders : 0, stream, to - from)
    bytes.set(block.subarray(from, to), at + frameHeader)
    at += frameHeader + to - from
  }
  return bytes
}
