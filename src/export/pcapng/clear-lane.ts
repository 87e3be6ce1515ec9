import type { WireChunk } from '../../wire/tls/capture.ts'
import { chunkPlan } from './content/chunk-plan.ts'
import { leastFramings } from './content/fit.ts'
import type { LaneContent, LaneContentOrWhy, LaneMessage, Part } from './content/lane-content.ts'
import { type LaneBytes, laneBytes } from './lane-bytes.ts'

export interface ClearLane {
  readonly bytes: Iterable<LaneBytes>
  /** Bytes of TCP payload that `bytes` stand for. */
  readonly length: number
  readonly anew: { readonly lost: number; readonly inexact?: true } | { readonly why: string }
}

export interface ClearPlace {
  /** Where the content begins in the TCP payload; where that is not known, behind what was kept. */
  readonly start: number | undefined
  /** Bytes of TCP payload; undefined while it runs. */
  readonly total: number | undefined
  /** When all had passed. */
  readonly closedAt: number
}

/** A lane without TLS: what was kept of its beginning, such as CONNECT and its answer, then the content. */
export function clearLane(
  kept: readonly WireChunk[],
  content: LaneContentOrWhy,
  { start = endOf(kept), total, closedAt }: ClearPlace,
): ClearLane {
  if (typeof content === 'string') {
    const length = total ?? endOf(kept)
    return { bytes: laneBytes(kept, [], { offset: length, at: closedAt }), length, anew: { why: content } }
  }
  const framing = framingOf(content.messages, total === undefined ? undefined : total - start)
  const length = lengthOf(content.messages, framing)
  const inexact = total !== undefined && start + length !== total
  return {
    bytes: (function* () {
      yield* laneBytes(cutAt(kept, start), [], { offset: start, at: closedAt })
      yield* contentBytes(content, framing, start)
    })(),
    length: start + length,
    anew: { lost: content.lost, ...(inexact && { inexact }) },
  }
}

function endOf(kept: readonly WireChunk[]): number {
  const last = kept.at(-1)
  return last ? last.offset + last.bytes.length : 0
}

/** What lies before a place: the first words may have been kept below and above TLS. */
const cutAt = (kept: readonly WireChunk[], end: number): readonly WireChunk[] =>
  kept
    .filter(({ offset }) => offset < end)
    .map(chunk => ({ ...chunk, bytes: chunk.bytes.subarray(0, end - chunk.offset) }))

/** The framing of one chunked body is what is left of the whole; that of several is the least. */
function framingOf(messages: readonly LaneMessage[], total: number | undefined): readonly number[] {
  const least = leastFramings(messages)
  const chunked = messages.findIndex(({ chunked }) => chunked !== undefined)
  const isOnly = chunked >= 0 && !messages.slice(chunked + 1).some(({ chunked }) => chunked !== undefined)
  if (total === undefined || !isOnly) return least
  const framing = least[chunked]! + total - lengthOf(messages, least)
  return chunkPlan(messages[chunked]!.chunked!, framing) ? least.with(chunked, framing) : least
}

function lengthOf(messages: readonly LaneMessage[], framing: readonly number[]): number {
  let length = 0
  for (const [i, message] of messages.entries()) length += message.length + (message.chunked ?? 0) + framing[i]!
  return length
}

const mostTogether = 64 // pieces, the largest of 16 KB

/** Pieces that passed at the same time are told together. */
function* contentBytes({ messages }: LaneContent, framing: readonly number[], start: number): Generator<LaneBytes> {
  let offset = start
  let gathered: Part[] = []
  const together = function* (): Generator<LaneBytes> {
    const [first] = gathered
    if (!first) return
    const bytes = Buffer.concat(gathered.map(part => part.read(0, part.length)))
    gathered = []
    yield { at: first.at, offset, bytes, length: bytes.length }
    offset += bytes.length
  }
  for (const [i, message] of messages.entries())
    for (const part of message.parts(framing[i]!)) {
      if (part.length === 0) continue
      if (gathered[0]?.at !== part.at || gathered.length >= mostTogether) yield* together()
      gathered.push(part)
    }
  yield* together()
}
