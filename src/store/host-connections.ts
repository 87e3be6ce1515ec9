import type { DatabaseSync } from 'node:sqlite'
import type { ConnectionId } from '../model/connection.ts'
import { checked, flag, optional, record, text, time, whole } from './shape.ts'

/** A connection in a list of connections. */
export interface ConnectionRow {
  readonly id: ConnectionId
  readonly openedAt: number
  readonly closedAt?: number
  readonly port?: number
  readonly clientVersion?: string
  readonly clientAlpn?: string
  readonly upstreamVersion?: string
  readonly upstreamAlpn?: string
  /** Whether the two handshakes differ; absent where that is not known. */
  readonly differs?: boolean
  /** How many requests for the host came over it. */
  readonly exchanges: number
  /** Its first problem. */
  readonly problem?: string
}

const shape = record<ConnectionRow>({
  id: whole,
  openedAt: time,
  closedAt: optional(time),
  port: optional(whole),
  clientVersion: optional(text),
  clientAlpn: optional(text),
  upstreamVersion: optional(text),
  upstreamAlpn: optional(text),
  differs: optional(flag),
  exchanges: whole,
  problem: optional(text),
})

/**
 * The newest connections to a host, or over which something of it was asked, newest first; `host` in lower case. Scans flows
 * and connections: some 100 ms a million flows.
 */
export function hostConnections(database: DatabaseSync, host: string, limit: number): ConnectionRow[] {
  const rows = database.prepare(
    `WITH asked AS (SELECT connection, count(*) AS exchanges FROM flows
       WHERE kind = 0 AND origin IN (SELECT id FROM origins WHERE host = ?1) GROUP BY connection)
     SELECT c.id, c.opened_at AS openedAt, c.closed_at AS closedAt, c.port, c.client_version AS clientVersion,
       c.client_alpn AS clientAlpn, c.upstream_version AS upstreamVersion, c.upstream_alpn AS upstreamAlpn, c.differs,
       ifnull(asked.exchanges, 0) AS exchanges, c.problem
     FROM connections c LEFT JOIN asked ON asked.connection = c.id
     WHERE asked.connection IS NOT NULL OR lower(c.host) = ?1 OR lower(c.server_name) = ?1
     ORDER BY c.id DESC LIMIT ?2`,
  )
  return rows.all(host, limit).map(row => {
    const known = Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null))
    const told = row.differs === null ? known : { ...known, differs: row.differs === 1 }
    return checked(told, shape, `connection ${row.id}`)
  })
}
