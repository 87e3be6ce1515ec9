import type { Connection, ConnectionId, Leg } from './connection.ts'
import type { ConnectionEvent } from './connection-event.ts'
import type { LegName } from './party.ts'
import { withProblem } from './problem.ts'

export const newConnection = (id: ConnectionId): Connection => ({ id, openedAt: 0, client: {}, problems: [] })

/** The connection after the event. Pure: the one place where a connection changes. */
export function foldConnection(connection: Connection, event: ConnectionEvent): Connection {
  switch (event.type) {
    case 'opened': {
      const { local, remote, at, sniffed, within } = event
      const also = { ...(sniffed && { sniffed }), ...(within !== undefined && { within }) }
      const ends = { ...(local && { local }), ...(remote && { remote }) }
      return { ...connection, ...also, openedAt: at, client: { ...ends, connectedAt: at } }
    }
    case 'targeted': {
      const { entrance, target, origin } = event
      return { ...connection, entrance, target, ...(origin !== undefined && { origin }) }
    }
    case 'tls-started':
      return withLeg(connection, event.leg, { tlsStartsAt: { toServer: event.toServer, toClient: event.toClient } })
    case 'hello-seen':
      return event.serverName === undefined ? connection : { ...connection, serverName: event.serverName }
    case 'treated':
      return { ...connection, treatment: event.treatment }
    case 'looked-up': {
      const { type: _, ...lookup } = event
      return { ...connection, upstream: { lookup } } // a dial begins, and with it another leg
    }
    case 'services-known':
      return withLeg(connection, 'upstream', { services: event.services })
    case 'dialled':
      return withLeg(connection, 'upstream', { dialledAt: event.at, remote: event.remote })
    case 'connected':
      return withLeg(connection, 'upstream', { connectedAt: event.at, local: event.local, remote: event.remote })
    case 'routed':
      return withLeg(connection, 'upstream', { via: event.via })
    case 'tunnelled':
      return withLeg(connection, 'upstream', { tunnelledAt: event.at })
    case 'mirrored':
      return withLeg(connection, 'upstream', { mirrorGaps: event.gaps })
    case 'openssl-spoke':
      return withLeg(connection, 'upstream', { openssl: event.why })
    case 'choice-mirrored':
      return withLeg(connection, 'client', { choiceGaps: event.gaps })
    case 'secured':
      return withLeg(connection, event.leg, { secureAt: event.at, agreed: event.agreed })
    case 'protocol-known':
      return { ...connection, protocol: event.protocol }
    case 'failed':
      return { ...connection, problems: withProblem(connection.problems, event.problem) }
    case 'tolerated':
      return { ...connection, tolerated: event.problem }
    case 'leg-closed':
      return withLeg(connection, event.leg, { closed: event.closed, bytes: event.bytes })
    case 'recalled':
    case 'probed':
    case 'spoilt':
      return connection
    case 'closed':
      return { ...connection, closed: { at: Math.max(event.at, connection.openedAt) } }
  }
}

const withLeg = (connection: Connection, leg: LegName, change: Partial<Leg>): Connection => ({
  ...connection,
  [leg]: { ...connection[leg], ...change },
})
