import type { ConnectionId } from '../../model/connection.ts'
import type { Direction } from '../../model/party.ts'
import type { Lane } from '../../tape/recording.ts'
import { now, type Tape } from '../ports.ts'
import type { WireTap } from '../socket/wire-tap.ts'
import { HalfClosed, type Patience } from './half-closed.ts'

const visibleHandshake = 65_536 // longer than any handshake; without keys its end does not show

export interface OpaqueOptions {
  readonly client: WireTap
  readonly upstream: WireTap
  readonly tape: Tape
  readonly connection: ConnectionId
  /** Whether it is TLS, end to end: then only the records are kept. */
  readonly tls: boolean
  /** Bytes in each direction that the tape gets of the client leg; as much as a handshake takes where it is not said. */
  readonly keep?: number | undefined
  /** With a connection of which one side has ended. */
  readonly patience?: Patience | undefined
}

/** Forwards the bytes below TLS untouched: hosts that are passed through, and what is no TLS at all. */
export function relayOpaque(options: OpaqueOptions): Promise<void> {
  const { client, upstream, patience } = options
  return new Promise(resolve => {
    const gone = new Set<WireTap>()
    const halfClosed = new HalfClosed(() => {
      client.destroy()
      upstream.destroy()
    }, patience)
    const closed = (from: WireTap, to: WireTap): void => {
      if (gone.add(from).size < 2) return to.destroySoon()
      halfClosed.over()
      resolve()
    }
    for (const [from, to, direction] of [
      [client, upstream, 'to-server'],
      [upstream, client, 'to-client'],
    ] as const) {
      forward(options, halfClosed, from, to, direction)
      from.once('close', () => closed(from, to))
      if (from.destroyed) closed(from, to) // before the relay began; the event may have passed, or not
    }
    client.resume()
    upstream.resume()
  })
}

function forward(
  { tape, connection, tls, client, upstream, keep = visibleHandshake }: OpaqueOptions,
  halfClosed: HalfClosed,
  from: WireTap,
  to: WireTap,
  direction: Direction,
): void {
  const lane: Lane = { connection, leg: 'client', direction }
  let passed = 0
  from.on('data', (bytes: Buffer) => {
    const chunk = Buffer.from(bytes)
    passed += chunk.length
    halfClosed.moved(direction)
    if (!tls) tape.content(lane, now(), chunk)
    else if (passed > visibleHandshake) {
      upstream.settle()
      if (passed > keep) client.settle()
    }
    if (to.write(chunk)) return
    from.pause()
    to.onceDrained(() => from.resume())
  })
  from.once('end', () => {
    if (!tls) tape.contentEnd(lane, now())
    halfClosed.ended(direction)
    to.end()
  })
}
