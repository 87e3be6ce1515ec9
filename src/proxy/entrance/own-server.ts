import type { Entrance } from '../../model/connection.ts'
import { now } from '../ports.ts'
import { JsTap } from '../socket/js-tap.ts'
import type { TunnelScope } from '../tunnel/scope.ts'
import type { Arrival } from './arrival.ts'

const helloBytes = 8192 // what one that comes in pieces may take

/**
 * A client's connection on which the proxy itself is the server, and other connections come inside; `first` has been read
 * from it. Waits in the lobby. Tells the tape when it is over.
 */
export function asServer(arrival: Arrival, entrance: Entrance, first: Buffer): TunnelScope {
  const { services, socket, connection, address, ends } = arrival
  const { tape, lobby } = services
  const tell: TunnelScope['tell'] = event => tape.event(connection, now(), event)
  tape.wire({ connection, leg: 'client', direction: 'to-server' }, now(), 0, first)
  const client = new JsTap({ socket, tape, connection, leg: 'client', unread: first, remoteAddress: address })
  lobby.waits(client, helloBytes)
  client.on('error', () => {})
  client.once('close', () => {
    lobby.leaves(client)
    const closed = client.closed ?? { at: now(), by: 'parley', how: 'fin' }
    tell({ type: 'leg-closed', leg: 'client', closed, bytes: client.bytes })
    tell({ type: 'closed', at: now() })
  })
  const target = { host: ends.local.address.replace(/^::ffff:(?=\d+\.)/, ''), port: ends.local.port }
  tell({ type: 'targeted', entrance, target })
  return { services, connection, client, target, tell }
}
