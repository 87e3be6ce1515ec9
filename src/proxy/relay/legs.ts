import type { Duplex } from 'node:stream'
import type { ConnectionId } from '../../model/connection.ts'
import type { Direction } from '../../model/party.ts'
import type { Lane } from '../../tape/recording.ts'
import { now, type Tape } from '../ports.ts'
import { destroySoon } from '../socket/destroy-soon.ts'
import type { Patience } from './half-closed.ts'
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

/** How a verbatim relay makes room at a quiet moment, see open-relays.ts. */
export interface QuietEnd {
  /** Bytes of content so far. */
  passed(): number
  /** Says something to the client, in the server's name. */
  say(bytes: Buffer): void
  /** Closes both legs. */
  end(): void
}

/** Both directions of the client leg, as the tape has them. */
export function lanesOf(connection: ConnectionId): Readonly<Record<Direction, Lane>> {
  const outline = outlines()
  const lane = (direction: Direction): Lane => ({ connection, leg: 'client', direction, outline: outline[direction] })
  return { 'to-server': lane('to-server'), 'to-client': lane('to-client') }
}

/** What has been said on both legs so far. */
export interface Talked {
  /** A byte has gone to the client. */
  answered: boolean
  /** What the client said first. */
  asked: Buffer
}

const firstBytes = 64 // tell a request from what is none

/** What a client says first, to tell why its server failed. */
export const firstOf = (chunk: Buffer): Buffer => Buffer.from(chunk.subarray(0, firstBytes))

/** Ends the legs where one fails; a client that has got nothing yet hears why. */
export function watchFailures(
  { client, upstream, tape, onSilentFailure }: RelayOptions,
  lane: Lane,
  talked: Talked,
): void {
  upstream.once('error', (error: Error) => {
    const lastWords = talked.answered ? undefined : onSilentFailure?.(error, talked.asked)
    if (lastWords && client.writable) {
      tape.content(lane, now(), lastWords)
      client.end(lastWords)
    }
    upstream.destroy() // Node tells of a record that cannot be opened, and leaves the connection open
  })
  client.on('error', () => {})
}

/** Resolves when both have closed; the first to go takes the other along. */
export function bothClosed(client: Duplex, upstream: Duplex): Promise<void> {
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
