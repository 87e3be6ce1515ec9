import type { Exchange, Side } from '../../model/exchange.ts'

/**
 * One way to copy an exchange as text, for a clipboard and not for a screen. What is pasted into a terminal must do nothing
 * there: a format quotes control characters in its own way, unless it is asked for the exact bytes.
 */
export interface CopyFormat {
  /** A stable name for commands: `curl`. */
  readonly key: string
  /** For menus: `curl command`. */
  readonly name: string
  /** Whose body `copy` wants. */
  readonly side: Side
  /** `body` as it came, still content-coded, without transfer framing; empty where there is none. */
  copy(exchange: Exchange, body: Uint8Array): string
}
