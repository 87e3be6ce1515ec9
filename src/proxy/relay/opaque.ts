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
  readonly tape: Pick<Tape, 'content' | 'contentEnd'>
  readonly connection: ConnectionId
  /** Whether it is TLS, end to end: then only the records are kept. */
  readonly tls: boolean
  /** Bytes in each direction that the tape gets of the client leg; as much as a handshake takes where it is not said. */
  readonly keep?: number | undefined
  /** Says how many of these bytes are in clear, where TLS begins behind them: there the relay stops. */
  readonly upgrade?: ((direction: Direction, bytes: Buffer) => number | undefined) | undefined
  /** With a connection of which one side has ended. */
  readonly patience?: Patience | undefined
}

/**
 * Forwards the bytes below TLS untouched: hosts that are passed through, and what is no TLS at all. Resolves when both sides
 * are closed, or where TLS begins: then both are paused.
 */
export function relayOpaque(options: OpaqueOptions): Promise<'over' | 'upgraded'> {
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
      resolve('over')
    }
    const letGo: (() => void)[] = []
    const upgraded = (): void => {
      halfClosed.over()
      for (const each of letGo) each()
      resolve('upgraded')
    }
    for (const [from, to, direction] of [
      [client, upstream, 'to-server'],
      [upstream, client, 'to-client'],
    ] as const) {
      letGo.push(forward(options, halfClosed, from, to, direction, upgraded))
      const onClose = (): void => closed(from, to)
      from.once('close', onClose)
      letGo.push(() => from.off('close', onClose))
      if (from.destroyed) closed(from, to) // before the relay began; the event may have passed, or not
    }
    client.resume()
    upstream.resume()
  })
}

/** Returns what lets go of `from`. */
function forward(
  { tape, connection, tls, client, upstream, keep = visibleHandshake, upgrade }: OpaqueOptions,
  halfClosed: HalfClosed,
  from: WireTap,
  to: WireTap,
  direction: Direction,
  upgraded: () => void,
): () => void {
  const lane: Lane = { connection, leg: 'client', direction }
  let passed = 0
  let done = false
  const onData = (bytes: Buffer): void => {
    const inClear = upgrade?.(direction, bytes)
    const chunk = Buffer.from(bytes.subarray(0, inClear))
    passed += chunk.length
    halfClosed.moved(direction)
    if (!tls) tape.content(lane, now(), chunk)
    else if (passed > visibleHandshake) {
      upstream.settle()
      if (passed > keep) client.settle()
    }
    const more = to.write(chunk)
    if (inClear !== undefined) {
      from.unshift(Buffer.from(bytes.subarray(inClear)))
      return upgraded()
    }
    if (more) return
    from.pause()
    to.onceDrained(() => {
      if (!done) from.resume()
    })
  }
  const onEnd = (): void => {
    if (!tls) tape.contentEnd(lane, now())
    halfClosed.ended(direction)
    to.end()
  }
  from.on('data', onData).once('end', onEnd)
  return () => {
    done = true
    from.off('data', onData).off('end', onEnd)
    from.pause()
  }
}
