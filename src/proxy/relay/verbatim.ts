import type { Duplex } from 'node:stream'
import type { ConnectionId } from '../../model/connection.ts'
import type { Direction } from '../../model/party.ts'
import type { Lane } from '../../tape/recording.ts'
import { now, type Tape } from '../ports.ts'
import { destroySoon } from '../socket/destroy-soon.ts'

export interface RelayOptions {
  readonly client: Duplex
  readonly upstream: Duplex
  readonly tape: Tape
  readonly connection: ConnectionId
  /** The server failed before a byte of its reached the client, which `asked` so far: the last chance to say why. */
  readonly onSilentFailure?: (error: Error, asked: Buffer) => Buffer | undefined
}

const firstBytes = 64 // tell a request from what is none

/**
 * Forwards both directions as they come, with back-pressure and half-close; the tape gets a copy.
 * Resolves when both sides are closed.
 */
export function relayVerbatim(options: RelayOptions): Promise<void> {
  return new Promise(resolve => {
    const { client, upstream, tape, connection } = options
    let answered = false
    let asked = Buffer.alloc(0)
    const forward = (from: Duplex, to: Duplex, direction: Direction): void => {
      const lane: Lane = { connection, leg: 'client', direction }
      const resume = (): void => {
        from.resume()
      }
      from.on('data', (chunk: Buffer) => {
        if (direction === 'to-client') answered = true
        else if (asked.length === 0) asked = Buffer.from(chunk.subarray(0, firstBytes))
        tape.content(lane, now(), chunk)
        if (to.write(chunk)) return
        from.pause()
        to.once('drain', resume)
      })
      const ended = (): void => {
        tape.contentEnd(lane, now())
        to.end()
      }
      if (from.readableEnded)
        ended() // it ended before the relay began, and will not say so again
      else from.once('end', ended)
    }
    const gone = new Set<Duplex>()
    const closed = (own: Duplex, other: Duplex) => (): void => {
      if (gone.add(own).size === 2) resolve()
      else destroySoon(other)
    }
    const onError = (error: Error): void => {
      const lastWords = answered ? undefined : options.onSilentFailure?.(error, asked)
      if (lastWords && client.writable) {
        tape.content({ connection, leg: 'client', direction: 'to-client' }, now(), lastWords)
        client.end(lastWords)
      }
      upstream.destroy() // Node tells of a record that cannot be opened, and leaves the connection open
    }
    upstream.once('error', onError)
    client.on('error', () => {})
    for (const [own, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      own.once('close', closed(own, other))
      if (own.closed) closed(own, other)() // before the relay began; the event may have passed, or not
    }
    forward(client, upstream, 'to-server')
    forward(upstream, client, 'to-client')
  })
}
