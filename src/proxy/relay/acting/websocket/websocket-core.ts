import type { ActedEvent } from '../../../../model/acted-event.ts'
import type { Direction } from '../../../../model/party.ts'
import type { WebSocketClaims } from '../../../../rules/claims.ts'
import type { Deflate } from '../../../../wire/websocket/permessage-deflate.ts'
import { WebSocketHalf } from './websocket-half.ts'

/** What is asked of whoever moves the bytes of a WebSocket: a connection after a 101, or a stream of HTTP/2. */
export interface WebSocketPorts {
  write(direction: Direction, bytes: Uint8Array): void
  /** A message waits for its verdict; nothing of that direction need be pushed meanwhile, though it may. */
  hold(direction: Direction, held: boolean): void
  acted(event: ActedEvent): void
}

/** Acts on the messages of one WebSocket. Bytes in, bytes out. */
export class WebSocketCore {
  readonly #halves: Readonly<Record<Direction, WebSocketHalf>>

  /** `deflate` is what the server's answer agreed to, see readDeflate. */
  constructor(claims: WebSocketClaims, deflate: Deflate | undefined, ports: WebSocketPorts) {
    const half = (direction: Direction): WebSocketHalf =>
      new WebSocketHalf(direction, claims, deflate?.[direction], ports)
    this.#halves = { 'to-server': half('to-server'), 'to-client': half('to-client') }
  }

  push(direction: Direction, bytes: Uint8Array): void {
    this.#halves[direction].push(bytes)
  }

  /** No more bytes will come: what is not whole goes on as it is. */
  end(direction: Direction): void {
    this.#halves[direction].end()
  }

  /** Nobody waits for a verdict any more. */
  close(): void {
    for (const half of Object.values(this.#halves)) half.close()
  }
}
