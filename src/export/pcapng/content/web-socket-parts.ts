import type { Exchange } from '../../../model/exchange.ts'
import type { Direction } from '../../../model/party.ts'
import type { StreamMessage } from '../../../model/stream-message.ts'
import type { Capture } from '../../../store/capture.ts'
import { writeFrame } from '../../../wire/websocket/write-frame.ts'
import { bytesPart, type Part } from './lane-content.ts'

type Source = Pick<Capture, 'streamMessages'>

export interface SocketParts {
  readonly length: number
  readonly lost: number
  parts(): Generator<Part>
}

const page = 256
const mostBytes = 2 ** 30
const mostFrames = 2 ** 16
const compressedBit = 4 // RFC 7692 6: RSV1

/**
 * What a WebSocket said in one direction, or why that cannot be made. Masks are fresh ones. A message of several frames
 * is cut evenly: where it was cut is not kept.
 */
export function socketParts(
  source: Source,
  exchange: Exchange,
  changed: boolean,
  direction: Direction,
): SocketParts | string {
  if (exchange.upgraded !== 'websocket') return `what follows an upgrade to ${exchange.upgraded} is not kept`
  let length = 0
  let lost = 0
  for (const message of messagesOf(source, exchange, direction)) {
    if (message.length > mostBytes || message.frames > mostFrames) return 'a message of its WebSocket is too large'
    if (message.acted || changed) return 'messages of its WebSocket were changed on their way'
    lost += message.length - message.bytes.length
    for (const size of sizesOf(message)) length += headLength(size, direction) + size
  }
  return {
    length,
    lost,
    *parts() {
      for (const message of messagesOf(source, exchange, direction)) yield* framesOf(message, direction)
    },
  }
}

function* messagesOf(source: Source, { id }: Exchange, direction: Direction): Generator<StreamMessage> {
  for (let from = 0; ; ) {
    const messages = source.streamMessages(id, { from, limit: page })
    for (const message of messages) if (message.direction === direction) yield message
    if (messages.length < page) return
    from = messages.at(-1)!.seq + 1
  }
}

/** Payload bytes of each of its frames. */
function sizesOf({ frames, length }: StreamMessage): number[] {
  const count = Math.max(1, frames)
  const each = Math.ceil(length / count)
  return Array.from({ length: count }, (_, i) => Math.max(0, Math.min(each, length - i * each)))
}

/** RFC 6455 5.2 */
const headLength = (size: number, direction: Direction): number =>
  2 + (size > 65_535 ? 8 : size > 125 ? 2 : 0) + (direction === 'to-server' ? 4 : 0)

function* framesOf(message: StreamMessage, direction: Direction): Generator<Part> {
  const { at, endedAt, opcode, compressed, complete, length, bytes } = message
  const payload = new Uint8Array(length)
  payload.set(bytes.subarray(0, length))
  const sizes = sizesOf(message)
  let from = 0
  for (const [i, size] of sizes.entries()) {
    const isLast = i === sizes.length - 1
    const shape = {
      fin: isLast && complete,
      rsv: i === 0 && compressed ? compressedBit : 0,
      opcode: i === 0 ? opcode : 0,
      masked: direction === 'to-server',
    }
    yield bytesPart(isLast ? endedAt : at, writeFrame(shape, payload.subarray(from, from + size)))
    from += size
  }
}
