import { randomFillSync } from 'node:crypto'

export interface FrameToWrite {
  readonly fin: boolean
  /** The three reserved bits, RSV1 the highest. */
  readonly rsv: number
  readonly opcode: number
  /** With a fresh mask, as a client has to (RFC 6455 5.3). */
  readonly masked: boolean
}

/** One whole frame of a WebSocket (RFC 6455 5.2), its length in the shortest form. */
export function writeFrame({ fin, rsv, opcode, masked }: FrameToWrite, payload: Uint8Array): Uint8Array {
  const { length } = payload
  const extended = length > 65_535 ? 8 : length > 125 ? 2 : 0
  const start = 2 + extended + (masked ? 4 : 0)
  const frame = new Uint8Array(start + length)
  const view = new DataView(frame.buffer)
  frame[0] = (fin ? 128 : 0) | (rsv << 4) | opcode
  frame[1] = (masked ? 128 : 0) | (extended === 8 ? 127 : extended === 2 ? 126 : length)
  if (extended === 2) view.setUint16(2, length)
  if (extended === 8) view.setBigUint64(2, BigInt(length))
  frame.set(payload, start)
  if (!masked) return frame
  const mask = randomFillSync(frame.subarray(start - 4, start))
  for (let i = 0; i < length; i++) frame[start + i]! ^= mask[i & 3]!
  return frame
}
