/** WebSocket messages by hand. */
import { constants, deflateRawSync } from 'node:zlib'
import type { StreamMessage } from '../../src/model/stream-message.ts'

export const message = (seq: number, bytes: Uint8Array | string, over: Partial<StreamMessage> = {}): StreamMessage => ({
  seq,
  direction: 'to-client',
  at: 1000 + seq,
  endedAt: 1000 + seq,
  opcode: 1,
  frames: 1,
  compressed: false,
  complete: true,
  length: bytes.length,
  bytes: typeof bytes === 'string' ? Buffer.from(bytes) : bytes,
  ...over,
})

/** As a sender of permessage-deflate that has sent `before` makes it (RFC 7692 7.2.1). */
export function deflated(text: string, before = ''): Uint8Array {
  const dictionary = before === '' ? {} : { dictionary: Buffer.from(before) }
  return deflateRawSync(text, { finishFlush: constants.Z_SYNC_FLUSH, ...dictionary }).subarray(0, -4)
}
