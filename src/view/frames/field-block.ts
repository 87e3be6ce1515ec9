import type { FrameEntry } from '../../model/frame-entry.ts'
import { fieldFragment } from '../../wire/http2/field-fragment.ts'
import { HpackDecoder } from '../../wire/http2/hpack/decoder.ts'
import type { Representation } from '../../wire/http2/hpack/representation.ts'
import { frameType } from '../../wire/http2/names.ts'
import { MalformedError } from '../../wire/reader.ts'

/** A field block with how each of its lines stood in it (RFC 7541). */
export interface FieldBlock {
  readonly parts: readonly BlockPart[]
  /** As far as they could be read; 2,000 at most. */
  readonly lines: readonly Representation[]
  /** The dynamic table of its direction after it; absent where that is not known. */
  readonly table?: Table
  /** Why there is no more. */
  readonly problem?: string
}

/** The part of a block that one frame carries. */
export interface BlockPart {
  /** Of the frame. */
  readonly index: number
  /** Where it stands in the block, and where in the frame's payload. */
  readonly start: number
  readonly length: number
  readonly at: number
}

export interface Table {
  /** Newest first: the first has index 62. */
  readonly entries: readonly (readonly [name: string, value: string])[]
  /** Octets as RFC 7541 4.1 counts them, and how many there may be. */
  readonly size: number
  readonly maxSize: number
}

const mostLines = 2000
const mostBytes = 1024 * 1024 // as much as the observer decodes
const anyTableSize = Number.MAX_SAFE_INTEGER // who sent too large a one was blamed when it came

/**
 * The block that the frame of this index carries a part of. `frames` are those of its direction that carry field blocks,
 * up to that block's end; `whole` says that the first one has the table with it, or is the connection's first.
 */
export function readFieldBlock(frames: readonly FrameEntry[], index: number, whole = true): FieldBlock | undefined {
  const blocks = blocksOf(frames)
  const at = blocks.findIndex(block => block.some(frame => frame.index === index))
  const wanted = blocks[at]
  if (!wanted) return undefined
  const decoder = new HpackDecoder()
  decoder.allow(anyTableSize)
  let problem = whole ? undefined : 'the dynamic table is unknown: too many blocks came before'
  for (const block of blocks.slice(0, at)) problem = pass(block, decoder, problem)
  return readLast(wanted, decoder, problem)
}

/** Each block's frames; what a recording begins or ends inside of is a block as well. */
function blocksOf(frames: readonly FrameEntry[]): FrameEntry[][] {
  const blocks: FrameEntry[][] = []
  for (const frame of frames) {
    const open = blocks.at(-1)
    if (frame.type === frameType.continuation && open) open.push(frame)
    else blocks.push([frame])
  }
  return blocks
}

/** The table after a block, or why it is not known any more. */
function pass(block: readonly FrameEntry[], decoder: HpackDecoder, before: string | undefined): string | undefined {
  const known = restored(block, decoder, before)
  if (known !== undefined) return known
  const { bytes, problem } = joined(block)
  if (problem !== undefined) return `the dynamic table is unknown: ${problem}`
  try {
    decoder.decode(bytes)
    return undefined
  } catch (error) {
    if (error instanceof MalformedError) return outOfStep(block, error)
    throw error
  }
}

function readLast(block: readonly FrameEntry[], decoder: HpackDecoder, before: string | undefined): FieldBlock {
  const { bytes, parts, problem } = joined(block)
  const known = restored(block, decoder, before)
  if (known !== undefined) return { parts, lines: [], problem: known }
  const lines: Representation[] = []
  decoder.trace = line => {
    if (lines.push(line) === mostLines) decoder.trace = undefined
  }
  try {
    decoder.decode(bytes)
  } catch (error) {
    if (!(error instanceof MalformedError)) throw error
    return { parts, lines, problem: problem ?? error.message }
  }
  if (problem !== undefined) return { parts, lines, problem }
  const { size, maxSize } = decoder.table
  return { parts, lines, table: { entries: decoder.table.entries(), size, maxSize } }
}

/** Takes over the table that the block's first frame has with it. */
function restored(block: readonly FrameEntry[], decoder: HpackDecoder, before: string | undefined): string | undefined {
  const table = block[0]!.table
  if (!table) return before
  decoder.decode(table)
  return undefined
}

interface Joined {
  readonly bytes: Uint8Array
  readonly parts: readonly BlockPart[]
  /** Why it is not all of the block; `bytes` are then its beginning. */
  readonly problem?: string
}

function joined(block: readonly FrameEntry[]): Joined {
  const pieces: Uint8Array[] = []
  const parts: BlockPart[] = []
  let start = 0
  for (const frame of block) {
    const payload = frame.payload ?? new Uint8Array(0)
    const { start: at, end } = fieldFragment(frame, payload)
    const piece = payload.subarray(at, Math.max(at, end))
    pieces.push(piece)
    parts.push({ index: frame.index, start, length: piece.length, at })
    start += piece.length
    if (start > mostBytes) return { bytes: Buffer.concat(pieces), parts, problem: 'the block is over 1 MB' }
    if (payload.length < frame.length)
      return { bytes: Buffer.concat(pieces), parts, problem: `frame ${frame.index + 1} was not kept whole` }
  }
  const bytes = pieces.length === 1 ? pieces[0]! : Buffer.concat(pieces)
  const last = block.at(-1)!
  const ended = last.flagNames.includes('END_HEADERS')
  return ended ? { bytes, parts } : { bytes, parts, problem: 'the rest of the block has not arrived' }
}

const outOfStep = (block: readonly FrameEntry[], { message }: MalformedError): string =>
  `the dynamic table is unknown: it is out of step since frame ${block[0]!.index + 1} (${message})`
