import type { FrameEntry } from '../../model/frame-entry.ts'
import { frameFields } from '../frames/frames.ts'
import { type DirectionJson, directionJson, type FieldJson, fieldJson } from './message-json.ts'

/** A frame of HTTP/2, as it passed on both legs. */
export interface FrameJson {
  readonly index: number
  readonly direction: DirectionJson
  readonly type: number
  readonly name: string
  readonly flags: readonly string[]
  /** 0 for the connection. */
  readonly stream: number
  /** Bytes of payload. */
  readonly length: number
  /** Offsets count in the payload. */
  readonly fields: readonly FieldJson[]
  readonly malformed?: string
  readonly time: number
}

/** Times in ms since the connection opened. */
export function frameJson(entry: FrameEntry, openedAt: number): FrameJson {
  const { index, direction, type, typeName, flagNames, stream, length, at } = entry
  const { fields, malformed } = frameFields(entry)
  return {
    index,
    direction: directionJson(direction),
    type,
    name: typeName,
    flags: flagNames,
    stream,
    length,
    fields: fields.map(fieldJson),
    ...(malformed && { malformed: malformed.message }),
    time: at - openedAt,
  }
}
