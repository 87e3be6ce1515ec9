import type { Exchange, Side } from '../../model/exchange.ts'

/** One way to copy an exchange as text. The text is exact and not made printable: it goes to a clipboard, not to a screen. */
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
