import type { ActedEvent } from '../../../model/acted-event.ts'
import type { Header, RequestHead, ResponseHead } from '../../../model/exchange.ts'
import type { Direction } from '../../../model/party.ts'
import type { Break, GoesElsewhere } from '../../../rules/verdict.ts'

/**
 * The heart of an acting relay: bytes of both legs in, bytes for both legs out, without sockets. What nobody claims goes on
 * as the very bytes, in the call in which it came.
 */
export interface ActingCore {
  /** Content of that direction, from its sender; a view, good until the call returns. */
  push(direction: Direction, bytes: Uint8Array): void
  /** Its sender says no more. */
  end(direction: Direction): void
  /** The receiver of that direction takes more again. */
  drained(direction: Direction): void
  /** The connection is over: whoever still waits for a verdict is told. */
  close(): void
}

/** What the heart asks of the shell around it. */
export interface ActingPorts {
  /** Sends bytes on, which stay as they are from here on; false where no more should come until `drained`. */
  write(direction: Direction, bytes: Uint8Array): boolean
  /** No more is written in that direction. */
  end(direction: Direction): void
  /** Whether content of that direction is read from its sender. What is under way may still be pushed. */
  flow(direction: Direction, reads: boolean): void
  /** Ends both legs: by reset, or by closing. */
  destroy(how: Exclude<Break, 'black-hole'>): void
  /** Tells the tape; `exchange` as Claims has it. */
  acted(exchange: number, event: ActedEvent): void
  /** Body bytes of the server's own side, without framing. */
  serverContent(exchange: number, direction: Direction, bytes: Uint8Array): void
  /** Asks another server. Rejects with a ProblemError where it cannot be asked. */
  elsewhere(asked: Elsewhere): Promise<ElsewhereAnswer>
}

export interface Elsewhere extends Pick<GoesElsewhere, 'server' | 'head'> {
  readonly body: Uint8Array | AsyncIterable<Uint8Array>
}

export interface ElsewhereAnswer {
  readonly request: RequestHead
  readonly head: ResponseHead
  /** Without framing, codings as they came. */
  readonly body: AsyncIterable<Uint8Array>
  /** Known when the body has ended. */
  readonly trailers?: () => readonly Header[] | undefined
}
