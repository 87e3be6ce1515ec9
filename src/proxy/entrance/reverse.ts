import { now } from '../ports.ts'
import type { ReversedServer } from '../services.ts'
import { JsTap } from '../socket/js-tap.ts'
import { tunnel } from '../tunnel/tunnel.ts'
import type { Arrival } from './arrival.ts'

/** Serves a client that takes Parley for that server. It may speak TLS or in clear, whatever the server does. */
export function enterReverse(arrival: Arrival, { target, secure }: ReversedServer): void {
  const { services, socket, connection, address, ends } = arrival
  const { tape } = services
  tape.event(connection, now(), { type: 'targeted', entrance: 'reverse', target })
  const client = new JsTap({ socket, tape, connection, leg: 'client', remoteAddress: address })
  client.on('error', () => {})
  const ownAddress = withoutMapping(ends.local.address)
  void tunnel(services, connection, client, target, { secure, ownAddress })
}

/** An IPv4 address in the form of IPv6 as the address itself. */
const withoutMapping = (address: string): string => address.replace(/^::ffff:(?=\d+\.)/, '')
