import type { DatabaseSync, SQLOutputValue } from 'node:sqlite'
import { type Connection, type ConnectionId, legOf } from '../model/connection.ts'
import type { Direction, LegName } from '../model/party.ts'
import type { LegCapture, RecordHeader, WireChunk } from '../wire/tls/capture.ts'
import { directions, legs } from './codes.ts'
import { unpackRecordHeaders } from './record-headers.ts'

/** Reads what was kept of one leg, for the dissector; undefined where nothing was. */
export function legReader(database: DatabaseSync): (connection: Connection, leg: LegName) => LegCapture | undefined {
  const wire = database.prepare(
    'SELECT direction, offset, at, bytes FROM wire WHERE connection = ? AND leg = ? ORDER BY offset',
  )
  const packed = database.prepare('SELECT direction, packed FROM record_headers WHERE connection = ? AND leg = ?')
  const keys = database.prepare('SELECT line FROM keys WHERE connection = ? AND leg = ? ORDER BY id')

  return (connection, leg) => {
    const where: [ConnectionId, number] = [connection.id, legs.indexOf(leg)]
    const chunks: Record<Direction, WireChunk[]> = { 'to-server': [], 'to-client': [] }
    const headers: Record<Direction, RecordHeader[]> = { 'to-server': [], 'to-client': [] }
    const wireRows = wire.all(...where)
    const headerRows = packed.all(...where)
    const keyLog = keys.all(...where).map(row => row.line as string)
    if (wireRows.length + headerRows.length + keyLog.length === 0) return undefined
    for (const row of wireRows) {
      const chunk = { at: row.at as number, offset: row.offset as number, bytes: row.bytes as Uint8Array }
      chunks[directionOf(row)].push(chunk)
    }
    for (const row of headerRows) {
      for (const header of unpackRecordHeaders(row.packed as Uint8Array)) headers[directionOf(row)].push(header)
    }
    for (const direction of directions) headers[direction].sort((a, b) => a.offset - b.offset)
    const { tlsStartsAt = { toServer: 0, toClient: 0 }, closed } = legOf(connection, leg) ?? {}
    const over = closed !== undefined || connection.closed !== undefined
    return { chunks, headers, keyLog, tlsStartsAt, ...(over && { over }) }
  }
}

const directionOf = (row: Record<string, SQLOutputValue>): Direction =>
  directions[row.direction as number] ?? 'to-server'
