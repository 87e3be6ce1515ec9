import type { Duplex } from 'node:stream'
import type { ConnectionId, Endpoint, Entrance, Target } from '../../model/connection.ts'
import { loopProblem } from '../../problem/from-system.ts'
import type { Problem } from '../../problem/problem.ts'
import { now } from '../ports.ts'
import type { Services } from '../services.ts'

/** A client that has come, and has not said yet what it wants. */
export interface Arrival {
  /** As this client gets them. */
  readonly services: Services
  readonly socket: Duplex
  readonly connection: ConnectionId
  /** Of the client; empty where it is gone. */
  readonly address: string
  readonly ends: Ends
  /** It came inside another connection. */
  readonly nested?: true
}

/** Where the TCP connection ends: here, and at the client. */
export interface Ends {
  readonly local: Endpoint
  readonly remote: Endpoint
}

/** What the client says on a stream within its connection is a connection of its own. */
export function within(outer: Arrival, socket: Duplex): Arrival {
  const { services, connection, ends } = outer
  const inner = services.nextConnection()
  services.tape.event(inner, now(), { type: 'opened', at: now(), ...ends, within: connection })
  return { ...outer, socket, connection: inner, nested: true }
}

/** Notes where the client wants to go. Returns what is wrong with that: it leads back to Parley. */
export function aim(
  { services, connection }: Pick<Arrival, 'services' | 'connection'>,
  entrance: Entrance,
  target: Target,
): Problem | undefined {
  services.tape.event(connection, now(), { type: 'targeted', entrance, target })
  const address = target.host === 'localhost' ? '127.0.0.1' : target.host
  return services.isOurs(address, target.port) ? loopProblem(target) : undefined
}
