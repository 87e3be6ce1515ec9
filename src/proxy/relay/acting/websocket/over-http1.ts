import type { Header } from '../../../../model/exchange.ts'
import type { WebSocketClaims } from '../../../../rules/claims.ts'
import { readDeflate } from '../../../../wire/websocket/permessage-deflate.ts'
import type { RawTalk, Talk } from '../http1/exchange.ts'
import { WebSocketCore } from './websocket-core.ts'

/** The WebSocket that a connection has become with a 101, whose headers these are. */
export function webSocketOver(
  { lanes, ports }: Talk,
  place: number,
  claims: WebSocketClaims,
  headers: readonly Header[],
): RawTalk {
  const extensions = headers.filter(([name]) => name.toLowerCase() === 'sec-websocket-extensions')
  const deflate = readDeflate(extensions.map(([, value]) => value))
  return new WebSocketCore(claims, deflate, {
    write: (direction, bytes) => lanes[direction].pass(bytes),
    hold: (direction, held) => (held ? lanes[direction].hold('websocket') : lanes[direction].release('websocket')),
    acted: event => ports.acted(place, event),
    serverContent: (direction, bytes) => ports.serverContent(place, direction, bytes),
  })
}
