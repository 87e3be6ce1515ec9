import type { Duplex } from 'node:stream'
import type { ConnectionId } from '../../model/connection.ts'
import type { Direction } from '../../model/party.ts'
import type { Lane } from '../../tape/recording.ts'
import { now, type Tape } from '../ports.ts'
import { destroySoon } from '../socket/destroy-soon.ts'
import { HalfClosed, type Patience } from './half-closed.ts'
import { outlines } from './outlines.ts'

export interface RelayOptions {
  readonly client: Duplex
  readonly upstream: Duplex
  readonly tape: Tape
  readonly connection: ConnectionId
  /** The server failed before a byte of its reached the client, which `asked` so far: the last chance to say why. */
  readonly onSilentFailure?: (error: Error, asked: Buffer) => Buffer | undefined
  /** With a connection of which one side has ended. */
  readonly patience?: Patience | undefined
}

const firstBytes = 64 // tell a request from what is none

/**
 * Forwards both directions as they come, with back-pressure and half-close; the tape gets a copy.
 * Resolves when both sides are closed.
 */
export function relayVerbatim(options: RelayOptions): Promise<void> {
  const { client, upstream, tape, connection, onSilentFailure, patience } = options
  let answered = false
  let asked = Buffer.alloc(0)
  const lanes = lanesOf(connection)
  upstream.once('error', (error: Error) => {
    const lastWords = answered ? undefined : onSilentFailure?.(error, asked)
    if (lastWords && client.writable) {
      tape.content(lanes['to-client'], now(), lastWords)
      client.end(lastWords)
    }
    upstream.destroy() // Node tells of a record that cannot be opened, and leaves the connection open
  })
  client.on('error', () => {})
  const halfClosed = new HalfClosed(() => {
    client.destroy()
    upstream.destroy()
  }, patience)
  const over = bothClosed(client, upstream).then(() => halfClosed.over())
  forward(client, upstream, tape, lanes['to-server'], halfClosed, chunk => {
    if (asked.length === 0) asked = Buffer.from(chunk.subarray(0, firstBytes))
  })
  forward(upstream, client, tape, lanes['to-client'], halfClosed, () => {
    answered = true
  })
  return over
}

function lanesOf(connection: ConnectionId): Readonly<Record<Direction, Lane>> {
  const outline = outlines()
  const lane = (direction: Direction): Lane => ({ connection, leg: 'client', direction, outline: outline[direction] })
  return { 'to-server': lane('to-server'), 'to-client': lane('to-client') }
}

function forward(
  from: Duplex,
  to: Duplex,
  tape: Tape,
  lane: Lane,
  halfClosed: HalfClosed,
  heard: (chunk: Buffer) => void,
): void {
  const resume = (): void => {
    from.resume()
  }
  from.on('data', (chunk: Buffer) => {
    heard(chunk)
    halfClosed.moved(lane.direction)
    tape.content(lane, now(), chunk)
    if (to.write(chunk)) return
    from.pause()
    to.once('drain', resume)
  })
  const ended = (): void => {
    tape.contentEnd(lane, now())
    halfClosed.ended(lane.direction)
    to.end()
  }
  if (from.readableEnded)
    ended() // it ended before the relay began, and will not say so again
  else from.once('end', ended)
}

/** Resolves when both have closed; the first to go takes the other along. */
function bothClosed(client: Duplex, upstream: Duplex): Promise<void> {
  return new Promise(resolve => {
    const gone = new Set<Duplex>()
    const closed = (own: Duplex, other: Duplex) => (): void => {
      if (gone.add(own).size === 2) resolve()
      else destroySoon(other)
    }
    for (const [own, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      own.once('close', closed(own, other))
      if (own.closed) closed(own, other)() // before the relay began; the event may have passed, or not
    }
  })
}
