import type { Direction } from './party.ts'

/** One HTTP/2 frame of a connection's log. */
export interface FrameEntry {
  /** Its place in the log, from 0, both directions counted together. */
  readonly index: number
  readonly direction: Direction
  /** When its header was read, ms since the epoch, to the microsecond. */
  readonly at: number
  readonly type: number
  /** `SETTINGS`; a type without a name in hexadecimal. */
  readonly typeName: string
  readonly flags: number
  readonly flagNames: readonly string[]
  readonly stream: number
  /** Bytes of payload on the wire. */
  readonly length: number
  /**
   * What was kept of the payload: nothing for DATA and CONTINUATION, what stands before the field block for HEADERS,
   * up to 1 KB of every other frame.
   */
  readonly payload?: Uint8Array
}
