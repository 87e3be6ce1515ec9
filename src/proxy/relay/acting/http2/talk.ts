import type { ConnectionOf } from '../../../../model/http2-heads.ts'
import type { Direction } from '../../../../model/party.ts'
import type { Claims } from '../../../../rules/claims.ts'
import { BoundedSet } from '../../../../wire/bounded-map.ts'
import { rstStream, windowUpdate } from '../../../../wire/http2/frame-writer.ts'
import { TransientMap } from '../../../../wire/transient-map.ts'
import type { ActingPorts } from '../core.ts'
import { FieldPath } from './field-path.ts'
import { Outlet } from './outlet.ts'
import { ServerIds } from './server-ids.ts'
import { type Half, idAtSender, type Stream } from './stream.ts'
import { Window } from './window.ts'

/** One direction of the connection. What a receiver asks for in its SETTINGS stands here. */
export interface Path {
  readonly direction: Direction
  readonly outlet: Outlet
  readonly fields: FieldPath
  /** Of the connection. */
  readonly window: Window
  /** Bytes of window that a new stream has, and of payload that a frame may have. */
  initialWindow: number
  maxFrame: number
  /** Halves that have something to go on. */
  readonly waiting: Set<Half>
  /** Its sender has said its last. */
  ended: boolean
  endTold: boolean
}

/** An HTTP/2 connection that is acted on. */
export interface Talk {
  readonly claims: Claims
  readonly ports: ActingPorts
  readonly context: ConnectionOf
  readonly paths: Readonly<Record<Direction, Path>>
  readonly streams: TransientMap<Stream>
  readonly ids: ServerIds
  /** Streams that are over for Parley, while frames of them may come that the other side is not to see. */
  readonly forgotten: BoundedSet<number>
  /** The highest stream that the server still takes. */
  lastTaken: number
  /** Nobody is asked any more: what came cannot be read. */
  blind: boolean
  closed: boolean
  /** Runs what did not begin with bytes that came, then writes what it made. */
  turn(act: () => void): void
}

const mostForgotten = 5000

function newPath(direction: Direction, ports: ActingPorts): Path {
  return {
    direction,
    outlet: new Outlet(bytes => ports.write(direction, bytes)),
    fields: new FieldPath(),
    window: new Window(),
    initialWindow: 65_535,
    maxFrame: 16_384,
    waiting: new Set(),
    ended: false,
    endTold: false,
  }
}

export const newTalk = (
  claims: Claims,
  ports: ActingPorts,
  context: ConnectionOf,
  turn: (act: () => void) => void,
): Talk => ({
  ...{ claims, ports, context, turn },
  paths: { 'to-server': newPath('to-server', ports), 'to-client': newPath('to-client', ports) },
  streams: new TransientMap(),
  ids: new ServerIds(),
  forgotten: new BoundedSet(mostForgotten),
  lastTaken: Infinity,
  blind: false,
  closed: false,
})

export const opposite = (direction: Direction): Direction => (direction === 'to-server' ? 'to-client' : 'to-server')

/** Gives the sender what Parley owes it of the connection's window. */
export function giveBackOfConnection({ paths }: Talk, direction: Direction): void {
  const owed = paths[direction].window.giveBack()
  if (owed > 0) paths[opposite(direction)].outlet.write(windowUpdate(0, owed))
}

/** Gives the sender what Parley owes it of the windows of the connection and of a stream. */
export function giveBack(talk: Talk, half: Half): void {
  giveBackOfConnection(talk, half.direction)
  const owed = half.window.giveBack()
  const id = idAtSender(half)
  if (owed > 0 && id !== 0 && !half.ended && !half.stream.over)
    talk.paths[opposite(half.direction)].outlet.write(windowUpdate(id, owed))
}

/** Tells the receiver of that direction that the stream is over, where it knows of it. */
export function resetAt({ paths }: Talk, stream: Stream, direction: Direction, error: number): void {
  const id = direction === 'to-server' ? stream.server : stream.id
  if (id !== 0) paths[direction].outlet.write(rstStream(id, error))
}

/** RFC 9113 section 7 */
export const errors = { noError: 0, protocolError: 1, flowControlError: 3, refusedStream: 7, cancel: 8 } as const
