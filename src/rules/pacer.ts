import { Bucket } from './bucket.ts'
import type { Pace } from './verdict.ts'

/** Says when the parts of one message that is slowed down may go on. Times in ms of the clock that is handed in. */
export interface Pacer {
  /** When its head may, which came now. */
  head(now: number): number
  /**
   * How many of the bytes of its body that wait may go on together, 1 at least, and when. To be asked again for the rest
   * when that time has come. `since`: when the first of them came.
   */
  next(waiting: number, since: number, now: number): { readonly bytes: number; readonly at: number }
}

const sliceTime = 50 // ms: as smooth as an eye can tell, with few timers
const leastSlice = 256 // bytes

/** The two messages of an exchange have a pacer each. */
export function pacerOf({ delay = 0, firstByte = 0, latency = 0, bitsPerSecond, shared }: Pace): Pacer {
  const bucket = shared ?? new Bucket(bitsPerSecond ?? Number.POSITIVE_INFINITY)
  const slice = Math.max(leastSlice, Math.floor((bucket.bitsPerSecond * sliceTime) / 8000))
  let begun = false
  return {
    head: now => now + delay,
    next(waiting, since, now) {
      const late = since + latency + (begun ? 0 : firstByte)
      begun = true
      const bytes = Math.min(waiting, slice)
      return { bytes, at: Math.max(bucket.take(bytes, now), late) }
    },
  }
}
