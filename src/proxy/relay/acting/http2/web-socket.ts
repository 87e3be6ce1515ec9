import type { Header } from '../../../../model/exchange.ts'
import type { Direction } from '../../../../model/party.ts'
import { readDeflate } from '../../../../wire/websocket/permessage-deflate.ts'
import { WebSocketCore } from '../websocket/websocket-core.ts'
import { bodyEnds, contentArrives } from './arrivals.ts'
import { goOn } from './flow.ts'
import { type Half, halfOf, type Stream } from './stream.ts'
import type { Talk } from './talk.ts'

/** Has the messages of a WebSocket acted on, where a stream has become one (RFC 8441 5) and somebody claims them. */
export function openWebSocket(talk: Talk, stream: Stream, status: number, headers: readonly Header[]): void {
  if (status < 200 || status > 299 || protocolOf(stream) !== 'websocket') return
  const claims = talk.claims.webSocket(stream.id, stream.request)
  if (!claims) return
  const extensions = headers.filter(([name]) => name === 'sec-websocket-extensions').map(([, value]) => value)
  const gates: Readonly<Record<Direction, Gate>> = { 'to-server': newGate(), 'to-client': newGate() }
  const core = new WebSocketCore(claims, readDeflate(extensions), {
    write: (direction, bytes) => talk.turn(() => contentArrives(talk, halfOf(stream, direction), Buffer.from(bytes))),
    hold: (direction, held) => talk.turn(() => gate(talk, halfOf(stream, direction), gates[direction], held)),
    acted: event => talk.ports.acted(stream.id, event),
    serverContent: (direction, bytes) => talk.ports.serverContent(stream.id, direction, bytes),
  })
  for (const half of [stream.toServer, stream.toClient]) {
    const own = gates[half.direction]
    if (half.mode === 'pass') half.mode = 'queue'
    half.through = {
      push: bytes => core.push(half.direction, bytes),
      end: () => {
        core.end(half.direction)
        own.ended = true
        if (!own.held) bodyEnds(talk, half)
      },
      close: () => core.close(),
      held: () => own.held,
    }
  }
}

const protocolOf = ({ request }: Stream): string | undefined =>
  request.method === 'CONNECT' ? request.headers.find(([name]) => name === ':protocol')?.[1] : undefined

/** Whether a message waits for its verdict, and whether the end waits behind it. */
interface Gate {
  held: boolean
  ended: boolean
}

const newGate = (): Gate => ({ held: false, ended: false })

function gate(talk: Talk, half: Half, own: Gate, held: boolean): void {
  own.held = held
  if (held) return
  if (own.ended && !half.ended) bodyEnds(talk, half)
  else if (half.mode === 'queue') goOn(talk, half)
}
