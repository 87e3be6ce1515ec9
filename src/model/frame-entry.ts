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
   * What was kept of the payload: nothing for DATA, up to 16 KB of a frame with fields, up to 1 KB of every other.
   */
  readonly payload?: Uint8Array
  /** The dynamic table of its direction before it, as a field block that makes it. Now and then only. */
  readonly table?: Uint8Array
}
