import type { DatabaseSync } from 'node:sqlite'
import { type Connection, legOf } from '../model/connection.ts'
import type { Direction, LegName } from '../model/party.ts'
import type { LegCapture, RecordHeader, WireChunk } from '../wire/tls/capture.ts'
import { type BelowTls, unpackBelowTls } from './below-tls.ts'
import { directions } from './codes.ts'
import { bytes, checked, record, whole } from './shape.ts'

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

/** What lies below TLS of a connection, of both legs, in the order in which it was recorded. */
export interface BelowTlsPage {
  readonly entries: readonly BelowTls[]
  /** Of the page behind it; absent where this is the last. */
  readonly next?: number
}

const rowsAtOnce = 4 // a row is what passed in a tick

const rowShape = record<{ readonly id: number; readonly packed: Uint8Array }>({ id: whole, packed: bytes })

/** Reads what lies below TLS a page at a time, for who cannot keep all of it in mind. `from` is 0, or a page's `next`. */
export function belowTlsPages(database: DatabaseSync): (id: number, from: number) => BelowTlsPage {
  const page = database.prepare(
    `SELECT id, packed FROM below_tls WHERE connection = ? AND id > ? ORDER BY id LIMIT ${rowsAtOnce}`,
  )
  return (id, from) => {
    const rows = page.all(id, from).map(row => checked(row, rowShape, `what lies below TLS of connection ${id}`))
    const entries = rows.flatMap(({ packed }) => [...unpackBelowTls(packed)])
    return { entries, ...(rows.length === rowsAtOnce && { next: rows.at(-1)!.id }) }
  }
}
