/** Frame log entries by hand. */
import type { FrameEntry } from '../../src/model/frame-entry.ts'
import type { Direction } from '../../src/model/party.ts'
import { flagNames, frameTypeName } from '../../src/wire/http2/names.ts'

export const entry = (
  index: number,
  direction: Direction,
  type: number,
  flags: number,
  stream: number,
  length: number,
  payload?: readonly number[],
): FrameEntry => ({
  index,
  direction,
  at: 1000 + index,
  type,
  typeName: frameTypeName(type),
  flags,
  flagNames: flagNames(type, flags),
  stream,
  length,
  ...(payload && { payload: Uint8Array.from(payload) }),
})
