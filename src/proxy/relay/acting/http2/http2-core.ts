import type { ConnectionOf } from '../../../../model/http2-heads.ts'
import type { Direction } from '../../../../model/party.ts'
import type { Claims } from '../../../../rules/claims.ts'
import type { ActingCore, ActingPorts } from '../core.ts'
import { drop, forget } from './ending.ts'
import { pump } from './flow.ts'
import { Incoming } from './incoming.ts'
import type { Stream } from './stream.ts'
import { newTalk, type Path, type Talk } from './talk.ts'

/**
 * The acting core of an HTTP/2 connection, from its preface on (RFC 9113): frames that nobody claims go on as the very bytes,
 * settings and flow control stay between client and server. The exchange is the client's stream.
 */
export function http2Core(claims: Claims, ports: ActingPorts, context: ConnectionOf): ActingCore {
  const turn = (act: () => void): void => {
    if (talk.closed) return
    act()
    settle(talk, flows)
  }
  const talk = newTalk(claims, ports, context, turn)
  const flows: Record<Direction, boolean> = { 'to-server': true, 'to-client': true }
  const incoming = { 'to-server': new Incoming(talk, 'to-server'), 'to-client': new Incoming(talk, 'to-client') }
  return {
    push: (direction, bytes) => turn(() => incoming[direction].push(bytes)),
    end: direction =>
      turn(() => {
        incoming[direction].end()
        talk.paths[direction].ended = true
        if (direction === 'to-server') leave(talk)
      }),
    drained: direction =>
      turn(() => {
        talk.paths[direction].outlet.drained()
        pump(talk, talk.paths[direction])
      }),
    close: () => {
      if (talk.closed) return
      talk.closed = true
      for (const stream of talk.streams.values()) {
        stream.over = true
        drop(talk, stream.toServer)
        drop(talk, stream.toClient)
        claims.over?.(stream.id)
      }
      talk.streams.clear()
    },
  }
}

const directions: readonly Direction[] = ['to-server', 'to-client']

/** Writes what was made, and tells the shell what follows of it. */
function settle(talk: Talk, flows: Record<Direction, boolean>): void {
  const { paths, ports } = talk
  for (const direction of directions) {
    const path = paths[direction]
    path.outlet.flush()
    if (flows[direction] === path.outlet.blocked) {
      flows[direction] = !path.outlet.blocked
      ports.flow(direction, flows[direction])
    }
    if (path.ended && !path.endTold && !waits(talk, path)) {
      path.endTold = true
      ports.end(direction)
    }
  }
}

/** Whether something is still to go on in a direction whose sender has said all. */
function waits({ streams }: Talk, path: Path): boolean {
  if (path.waiting.size > 0) return true
  return path.direction === 'to-client' && streams.size > 0 && streams.values().some(mayAnswer)
}

/** What the client may still get of a stream though the server says no more. */
const mayAnswer = ({ server, toClient }: Stream): boolean =>
  toClient.mode !== 'swallow' &&
  !toClient.done &&
  (server === 0 || toClient.held !== undefined || toClient.stop !== undefined || toClient.items.length > 0)

/** A client that says no more has left: what it asked for and nobody has heard of is void. */
function leave(talk: Talk): void {
  for (const stream of talk.streams.values()) if (stream.toServer.held) forget(talk, stream, true)
}
