import type { Direction } from '../../model/party.ts'
import type { StreamMessage } from '../../model/stream-message.ts'
import { GrowingBytes } from '../../wire/growing-bytes.ts'
import type { WebSocketMessage } from '../plain.ts'

/** A message that waits for its last frame. */
interface Growing {
  readonly first: WebSocketMessage
  readonly kept: GrowingBytes
  length: number
  frames: number
  at: number
}

/** Bytes kept of a message. A compressed one is needed whole, because later ones may refer to it (RFC 7692 7.2.2). */
const mostKept = 64 * 1024
const mostKeptCompressed = 1024 * 1024

/** Puts the frames of one WebSocket together; control frames may stand between those of a message (RFC 6455 5.4). */
export class MessageAssembler {
  readonly #growing = new Map<Direction, Growing>()
  readonly #tell: (message: StreamMessage) => void
  #count = 0

  constructor(tell: (message: StreamMessage) => void) {
    this.#tell = tell
  }

  push(frame: WebSocketMessage): void {
    if (frame.opcode >= 8) {
      this.#finish(begin(frame), true)
      return
    }
    const { direction } = frame
    let growing = this.#growing.get(direction)
    if (growing && frame.opcode !== 0) {
      // A new message inside another is an error of the sender's; what there is of the other is told.
      this.#growing.delete(direction)
      this.#finish(growing, false)
      growing = undefined
    }
    if (growing) extend(growing, frame)
    else growing = begin(frame)
    if (frame.fin) {
      this.#growing.delete(direction)
      this.#finish(growing, true)
    } else this.#growing.set(direction, growing)
  }

  /** No frame will come any more: tells what is left unfinished. */
  end(): void {
    for (const growing of this.#growing.values()) this.#finish(growing, false)
    this.#growing.clear()
  }

  /** The place of a message that never came in frames. */
  takeSeq(): number {
    return this.#count++
  }

  #finish({ first, kept, length, frames, at }: Growing, complete: boolean): void {
    const { direction, opcode, compressed } = first
    const bytes = kept.take()
    const seq = this.takeSeq()
    this.#tell({ seq, direction, at: first.at, endedAt: at, opcode, frames, compressed, complete, length, bytes })
  }
}

function begin(frame: WebSocketMessage): Growing {
  const growing: Growing = { first: frame, kept: new GrowingBytes(), length: 0, frames: 0, at: frame.at }
  extend(growing, frame)
  return growing
}

function extend(growing: Growing, { bytes, length, at }: WebSocketMessage): void {
  const most = growing.first.compressed ? mostKeptCompressed : mostKept
  // What follows bytes that were not kept is not kept either: the bytes are one beginning.
  const room = growing.kept.length === growing.length ? most - growing.kept.length : 0
  growing.kept.append(bytes, 0, Math.min(bytes.length, room))
  growing.length += length
  growing.frames++
  growing.at = at
}
