import type { Header } from '../../../../model/exchange.ts'
import { copyOf, u24 } from '../../../../wire/bytes.ts'
import { type BlockShape, blockFrames, frameHeader, put32 } from '../../../../wire/http2/frame-writer.ts'
import type { FrameAt } from './control.ts'
import type { FieldBlock } from './field-path.ts'
import { dependsOn } from './requests.ts'
import type { HeadShape } from './stream.ts'
import type { Path, Talk } from './talk.ts'

/** A header block that has come whole: the frames as they were cut, and what they say besides the fields. */
export interface Block {
  readonly type: number
  /** As its sender has it. */
  readonly stream: number
  readonly endStream: boolean
  /** Priority of five bytes, or the promised stream of four. */
  readonly before: Uint8Array | undefined
  readonly padding: number | undefined
  readonly frames: FrameAt
  /** Undefined where they are more than are kept; such a block can only pass. */
  readonly fields: readonly Header[] | undefined
}

/** Sends a block on, for the receiver's id of its stream: the very bytes, as long as the direction has not forked. */
export function passBlock(talk: Talk, path: Path, block: Block, target: number): void {
  const { bytes, from, to } = block.frames
  if (path.fields.forked) {
    const before = block.before?.length === 5 ? dependsOn(talk, block.before) : block.before
    const { type, endStream, padding } = block
    const shape: BlockShape = { type, stream: target, endStream, before, padding }
    path.outlet.write(blockFrames(shape, path.fields.encode(block.fields!, path.fields.ways), path.maxFrame))
    return
  }
  path.fields.passed()
  if (target === block.stream) path.outlet.raw(bytes, from, to)
  else path.outlet.write(addressed(copyOf(bytes, from, to), target))
}

/** The block for later. */
export function keepBlock(path: Path, block: Block): { readonly block: FieldBlock; readonly shape: HeadShape } {
  path.fields.fork()
  return {
    block: { fields: block.fields!, ways: path.fields.ways.slice() },
    shape: { priority: block.before, padding: block.padding },
  }
}

/** Frames one behind the other, each with another stream's id. */
function addressed(frames: Uint8Array, stream: number): Uint8Array {
  for (let at = 0; at < frames.length; at += frameHeader + u24(frames, at)) put32(frames, at + 5, stream)
  return frames
}
