import type { ActedEvent } from '../../../../model/acted-event.ts'
import type { Direction } from '../../../../model/party.ts'

/** What is asked of whoever moves the bytes of a WebSocket: a connection after a 101, or a stream of HTTP/2. */
export interface WebSocketPorts {
  write(direction: Direction, bytes: Uint8Array): void
  /** A message waits for its verdict; nothing of that direction need be pushed meanwhile, though it may. */
  hold(direction: Direction, held: boolean): void
  acted(event: ActedEvent): void
  /** What the server sent or got in the place of a message, after `acted` has told of that. */
  serverContent(direction: Direction, bytes: Uint8Array): void
}
