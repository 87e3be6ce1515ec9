import type { BodySide, ExchangeId } from '../../../model/exchange.ts'
import type { Capture } from '../../../store/capture.ts'
import type { Part } from './lane-content.ts'

const atOnce = 65_536 // bytes

export interface BodySpan {
  readonly id: ExchangeId
  readonly side: BodySide
  readonly length: number
  /** ms since the epoch: when its first byte passed, and its last */
  readonly from: number
  readonly to: number
}

/** Bytes of a body from `at` on; zeros where they were not kept. */
export function bodyBytes(
  capture: Pick<Capture, 'body'>,
  id: ExchangeId,
  side: BodySide,
  at: number,
  length: number,
): Uint8Array {
  const kept = capture.body(id, side, at, length)
  if (kept.length === length) return kept
  const bytes = new Uint8Array(length)
  bytes.set(kept)
  return bytes
}

/** A body as it passed, in even steps from its first byte to its last: nobody kept when each piece came. */
export function* bodyParts(
  capture: Pick<Capture, 'body'>,
  { id, side, length, from, to }: BodySpan,
  begin = 0,
  end = length,
): Generator<Part> {
  for (let at = begin; at < end; at += atOnce) {
    const size = Math.min(atOnce, end - at)
    yield {
      at: from + ((to - from) * (at + size)) / length,
      length: size,
      read: (offset, wanted) => bodyBytes(capture, id, side, at + offset, wanted),
    }
  }
}
