import type { FrameHeader } from './frame-reader.ts'
import { flag, frameType } from './names.ts'

/**
 * Where the part of a field block stands in the payload of a HEADERS, PUSH_PROMISE or CONTINUATION frame (RFC 9113 6.2,
 * 6.6 and 6.10). The start is past the end where the padding is longer than the frame.
 */
export function fieldFragment(
  header: FrameHeader,
  payload: Uint8Array,
): { readonly start: number; readonly end: number } {
  const { type, flags, length } = header
  if (type === frameType.continuation) return { start: 0, end: length }
  const padded = (flags & flag.padded) !== 0
  const before = type === frameType.pushPromise ? 4 : flags & flag.priority ? 5 : 0
  return { start: (padded ? 1 : 0) + before, end: length - (padded ? (payload[0] ?? 0) : 0) }
}

/** Whether frames of this type carry a field block, or a part of one. */
export const hasFieldBlock = (type: number): boolean =>
  type === frameType.headers || type === frameType.pushPromise || type === frameType.continuation
