import { opcodeName } from '../../wire/websocket/names.ts'
import type { InflatedMessage } from '../frames/websocket-inflate.ts'
import { type BodyJson, bodyJson } from './body-json.ts'
import { type DirectionJson, directionJson } from './message-json.ts'

/** A message of a WebSocket. */
export interface StreamMessageJson {
  readonly direction: DirectionJson
  readonly opcode: number
  readonly name: string
  readonly frames: number
  readonly compressed: boolean
  /** Its last frame came. */
  readonly complete: boolean
  readonly body?: BodyJson
  /** Why it could not be inflated. */
  readonly problem?: string
  readonly time: number
  readonly ended: number
}

/** Times in ms since the connection opened. */
export function streamMessageJson({ message, bytes, problem }: InflatedMessage, openedAt: number): StreamMessageJson {
  const { direction, opcode, frames, compressed, complete, length, at, endedAt } = message
  const inflated = compressed && problem === undefined
  return {
    direction: directionJson(direction),
    opcode,
    name: opcodeName(opcode),
    frames,
    compressed,
    complete,
    ...(length > 0 && { body: { ...bodyJson(bytes, [], inflated ? bytes.length : length), length } }),
    ...(problem !== undefined && { problem }),
    time: at - openedAt,
    ended: endedAt - openedAt,
  }
}
