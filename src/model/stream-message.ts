import type { Act } from './act.ts'
import type { Direction } from './party.ts'

/** One message of a WebSocket, put together from its frames, as the client sent or got it. */
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
  /** What Parley did with it because a person wanted that; absent where nothing. */
  readonly acted?: ActedOnMessage
}

/** A message that came to its receiver otherwise, or not at all. */
export interface ActedOnMessage {
  /** `dropped`: its receiver never got it, and the message is as its sender sent it. */
  readonly how: 'changed' | 'dropped'
  readonly acts: readonly Act[]
  /** What the server sent or got in its place, inflated; absent where that is nothing, or what the message is. */
  readonly server?: {
    readonly length: number
    /** The payload, or its beginning where `bytes.length` is less than `length`. */
    readonly bytes: Uint8Array
  }
}
