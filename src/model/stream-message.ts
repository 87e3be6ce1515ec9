import type { Direction } from './party.ts'

/** One message of a WebSocket, put together from its frames. */
export interface StreamMessage {
  /** Its place among the exchange's messages of both directions, from 0, in the order in which they ended. */
  readonly seq: number
  readonly direction: Direction
  /** When its first and its last frame were whole, ms since the epoch. */
  readonly at: number
  readonly endedAt: number
  /** RFC 6455 11.8: 1 text, 2 binary, 8 close, 9 ping, 10 pong. */
  readonly opcode: number
  readonly frames: number
  /** Compressed by permessage-deflate (RFC 7692); `bytes` are then still compressed. */
  readonly compressed: boolean
  /** False where its last frame never arrived. */
  readonly complete: boolean
  /** Payload bytes on the wire. */
  readonly length: number
  /** The payload, unmasked, or its beginning where `bytes.length` is less than `length`. */
  readonly bytes: Uint8Array
}
