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

/** A format whose requests are parts of one program. */
export interface ProgramFormat extends CopyFormat {
  readonly before: string
  /** `number` counts from 1. */
  part(exchange: Exchange, body: Uint8Array, number: number): string
  after(count: number): string
}

/** The same with what copies one request. */
export const programOf = (format: Omit<ProgramFormat, 'copy'>): ProgramFormat => ({
  ...format,
  copy: (exchange, body) => format.before + format.part(exchange, body, 1) + format.after(1),
})
