import type { DatabaseSync } from 'node:sqlite'
import { type Connection, legOf } from '../model/connection.ts'
import type { Direction, LegName } from '../model/party.ts'
import type { LegCapture, RecordHeader, WireChunk } from '../wire/tls/capture.ts'
import { unpackBelowTls } from './below-tls.ts'
import { directions } from './codes.ts'
import { bytes, checked } from './shape.ts'

/** Reads what was kept of one leg, for the dissector; undefined where nothing was. */
export function legReader(database: DatabaseSync): (connection: Connection, leg: LegName) => LegCapture | undefined {
  const pages = database.prepare('SELECT packed FROM below_tls WHERE connection = ? ORDER BY id')
  return (connection, leg) => {
    const chunks: Record<Direction, WireChunk[]> = { 'to-server': [], 'to-client': [] }
    const headers: Record<Direction, RecordHeader[]> = { 'to-server': [], 'to-client': [] }
    const keyLog: string[] = []
    let isEmpty = true
    for (const { packed } of pages.iterate(connection.id)) {
      for (const entry of unpackBelowTls(
        checked(packed, bytes, `what lies below TLS of connection ${connection.id}`),
      )) {
        if (entry.leg !== leg) continue
        isEmpty = false
        if (entry.kind === 'wire') chunks[entry.direction].push(entry.chunk)
        else if (entry.kind === 'header') headers[entry.direction].push(entry.header)
        else keyLog.push(entry.line)
      }
    }
    if (isEmpty) return undefined
    for (const direction of directions)
      for (const list of [chunks[direction], headers[direction]]) list.sort((a, b) => a.offset - b.offset)
    const { tlsStartsAt = { toServer: 0, toClient: 0 }, closed } = legOf(connection, leg) ?? {}
    const over = closed !== undefined || connection.closed !== undefined
    return { chunks, headers, keyLog, tlsStartsAt, ...(over && { over }) }
  }
}
