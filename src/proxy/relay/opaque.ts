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
  /** With a connection of which one side has ended. */
  readonly patience?: Patience | undefined
}

/** Forwards the bytes below TLS untouched: hosts that are passed through, and what is no TLS at all. */
export function relayOpaque({ client, upstream, tape, connection, tls, patience }: OpaqueOptions): Promise<void> {
  return new Promise(resolve => {
    const gone = new Set<WireTap>()
    const halfClosed = new HalfClosed(() => {
      client.destroy()
      upstream.destroy()
    }, patience)
    const forward = (from: WireTap, to: WireTap, direction: Direction): void => {
      const lane: Lane = { connection, leg: 'client', direction }
      let passed = 0
      from.on('data', (bytes: Buffer) => {
        const chunk = Buffer.from(bytes)
        passed += chunk.length
        halfClosed.moved(direction)
        if (!tls) tape.content(lane, now(), chunk)
        else if (passed > visibleHandshake) {
          from.settle()
          to.settle()
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
      const closed = (): void => {
        if (gone.add(from).size === 2) {
          halfClosed.over()
          resolve()
        } else to.destroySoon()
      }
      from.once('close', closed)
      if (from.destroyed) closed() // before the relay began; the event may have passed, or not
    }
    forward(client, upstream, 'to-server')
    forward(upstream, client, 'to-client')
    client.resume()
    upstream.resume()
  })
}
