import type { Direction } from '../../../../model/party.ts'
import type { WebSocketClaims } from '../../../../rules/claims.ts'
import type { Deflate } from '../../../../wire/websocket/permessage-deflate.ts'
import { WebSocketHalf } from './websocket-half.ts'
import type { WebSocketPorts } from './websocket-ports.ts'

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
