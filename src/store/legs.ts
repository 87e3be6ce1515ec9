import type { DatabaseSync, SQLOutputValue } from 'node:sqlite'
import { type Connection, type ConnectionId, legOf } from '../model/connection.ts'
import type { Direction, LegName } from '../model/party.ts'
import type { LegCapture, RecordHeader, WireChunk } from '../wire/tls/capture.ts'
import { directions, legs } from './codes.ts'
import { unpackRecordHeaders } from './record-headers.ts'
import { bytes, checked, oneOf, record, text, time, whole } from './shape.ts'

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
    const what = `connection ${connection.id}`
    const keyLog = keys.all(...where).map(row => checked(row.line, text, `a key of ${what}`))
    if (wireRows.length + headerRows.length + keyLog.length === 0) return undefined
    for (const row of wireRows) {
      const chunk = checked({ at: row.at, offset: row.offset, bytes: row.bytes }, chunkShape, `a piece of ${what}`)
      chunks[directionOf(row)].push(chunk)
    }
    for (const row of headerRows) {
      const found = unpackRecordHeaders(checked(row.packed, bytes, `the records of ${what}`))
      for (const header of found) checked(header.at, time, `the time of a record of ${what}`)
      headers[directionOf(row)].push(...found)
    }
    for (const direction of directions) headers[direction].sort((a, b) => a.offset - b.offset)
    const { tlsStartsAt = { toServer: 0, toClient: 0 }, closed } = legOf(connection, leg) ?? {}
    const over = closed !== undefined || connection.closed !== undefined
    return { chunks, headers, keyLog, tlsStartsAt, ...(over && { over }) }
  }
}

const chunkShape = record<WireChunk>({ at: time, offset: whole, bytes })

const directionOf = (row: Record<string, SQLOutputValue>): Direction =>
  checked(directions[row.direction as number], oneOf(...directions), 'a direction')
