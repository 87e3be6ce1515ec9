import { Bucket } from '../../../../rules/bucket.ts'
import type { Pace } from '../../../../rules/verdict.ts'

/** When a message of so many bytes, which came then, may go on as its pace wants it: ms of the same clock. It goes as a whole. */
export function dueAt({ delay = 0, firstByte = 0, bitsPerSecond, shared }: Pace, bytes: number, at: number): number {
  const bucket = shared ?? new Bucket(bitsPerSecond ?? Number.POSITIVE_INFINITY)
  return bucket.take(bytes, at) + delay + firstByte
}
