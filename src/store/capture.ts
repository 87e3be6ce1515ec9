import { statSync } from 'node:fs'
import type { DatabaseSync, SQLOutputValue } from 'node:sqlite'
import type { Filter } from '../filter/ast.ts'
import type { Connection, ConnectionId } from '../model/connection.ts'
import type { BodySide, Exchange, ExchangeId } from '../model/exchange.ts'
import type { HandshakeFacts } from '../model/handshake-facts.ts'
import type { LegName } from '../model/party.ts'
import type { Problem } from '../problem/problem.ts'
import type { LegCapture } from '../wire/tls/capture.ts'
import { bodies } from './bodies.ts'
import { bodyFileBeside } from './body-file.ts'
import { hasFailed } from './codes.ts'
import { readConnection, selectConnections } from './connection-table.ts'
import { decodeExchange } from './exchange-codec.ts'
import { addFilterFunctions, type Decoders } from './filter-functions.ts'
import { type FrameQueries, frameQueries } from './frames.ts'
import { type ConnectionRow, hostConnections } from './host-connections.ts'
import { hostNodes, pathNodes, type TreeNode } from './host-tree.ts'
import { type BelowTlsPage, belowTlsPages, legReader } from './legs.ts'
import { markedFlows } from './notes.ts'
import { openDatabase } from './open-database.ts'
import { type FlowQueries, flowQueries } from './queries.ts'
import { checked, flag, list, oneOf, optional, record, text, time, whole } from './shape.ts'
import { exchangeNumbered } from './shapes.ts'
import { type Sort, sortedIds } from './sorted-flows.ts'
import { readingError, withStoreErrors } from './store-error.ts'
import { type MessageQueries, messageQueries } from './stream-messages.ts'
import type { Among } from './to-sql.ts'
import type { Level } from './writer.ts'

export interface CaptureInfo {
  readonly path: string
  /** Bytes on disk, those of the write-ahead log and of the bodies' file included. */
  readonly size: number
  readonly connections: number
  readonly flows: number
  /** Exchanges that were aborted, and connections with a problem. */
  readonly failed: number
  /** ms since the epoch */
  readonly startedAt: number
}

export interface LoggedEvent {
  readonly id: number
  readonly at: number
  readonly level: Level
  readonly text: string
}

/** Which connections: pages hang on ids, as in FlowQuery. */
export interface ConnectionQuery {
  readonly failed?: boolean
  readonly after?: ConnectionId
  readonly before?: ConnectionId
  readonly limit: number
  readonly order?: 'oldest' | 'newest'
}

/** A capture file to read, also while it is written; every call sees the last commit. Errors are StoreErrors. */
export interface Capture extends FlowQueries, FrameQueries, MessageQueries {
  info(): CaptureInfo
  connection(id: ConnectionId): Connection | undefined
  connections(query: ConnectionQuery): Connection[]
  facts(id: ConnectionId): HandshakeFacts | undefined
  legCapture(id: ConnectionId, leg: LegName): LegCapture | undefined
  /** A page of what lies below TLS of both legs; `from` is 0, or the `next` of the page before. */
  belowTls(id: ConnectionId, from: number): BelowTlsPage
  /** Ids of the flows that a person marked, in order. */
  marked(): ExchangeId[]
  /** See sorted-flows.ts. */
  sortedFlows(sort: Sort, limit: number, filter?: Filter | Among): ExchangeId[]
  /** See host-tree.ts. */
  hosts(filter?: Filter | Among): TreeNode[]
  paths(origin: string, prefix: string, filter?: Filter | Among): TreeNode[]
  /** See host-connections.ts. */
  hostConnections(host: string, limit: number): ConnectionRow[]
  /** Ids of the exchanges of a connection, in order. Scans the list: some 100 ms a million flows. */
  exchangesOf(id: ConnectionId): ExchangeId[]
  /** The same of all connections from `first` to `last` that have any, by one scan. */
  exchangesOfMany(first: ConnectionId, last: ConnectionId): ReadonlyMap<ConnectionId, readonly ExchangeId[]>
  exchange(id: ExchangeId): Exchange | undefined
  /** Kept bytes of [from, from + length), up to the first that is missing. */
  body(id: ExchangeId, side: BodySide, from: number, length: number): Uint8Array
  /** Where the last kept byte of the body ends that can be read. */
  bodyLength(id: ExchangeId, side: BodySide): number
  /** Why kept bytes of a body, or of any, cannot be read: the file with them is missing, cut or another capture's. */
  bodyProblem(id?: ExchangeId, side?: BodySide): Problem | undefined
  /** The log, oldest first, from after the given id. */
  events(after?: number): LoggedEvent[]
  close(): void
}

export interface CaptureOptions {
  readonly readonly?: boolean
  /** So that filters look into bodies and messages as a person reads them. */
  readonly decode?: Decoders
}

/** Opens a capture. Throws StoreError: missing, not a capture, of a newer Parley, locked, damaged. */
export function openCapture(path: string, { readonly = true, decode }: CaptureOptions = {}): Capture {
  return withStoreErrors(path, () => {
    const database = openDatabase(path, readonly)
    return guarded(path, capture(path, database, decode))
  })
}

function capture(path: string, database: DatabaseSync, decode?: Decoders): Capture {
  const read = bodies(database, path)
  addFilterFunctions(database, read, decode)
  const info = database.prepare(
    `SELECT started_at AS startedAt, flows, connections,
      (SELECT count(*) FROM flows f WHERE ${hasFailed('f')}) AS failed FROM capture`,
  )
  const exchangesOf = database.prepare('SELECT id FROM flows WHERE connection = ? AND kind = 0 ORDER BY id')
  const exchangesBetween = database.prepare(
    'SELECT id, connection FROM flows WHERE connection BETWEEN ? AND ? AND kind = 0 ORDER BY id',
  )
  const exchange = database.prepare('SELECT exchange FROM messages WHERE id = ?')
  const events = database.prepare('SELECT id, at, level, text FROM events WHERE id > ? ORDER BY id')
  return {
    ...flowQueries(database),
    ...frameQueries(database),
    ...messageQueries(database),
    ...connectionQueries(database),
    info: () => ({
      path,
      size: sizeOf(path) + sizeOf(`${path}-wal`) + sizeOf(bodyFileBeside(path)),
      ...checked(info.get(), counts, 'the table capture'),
    }),
    marked: () => markedFlows(database),
    sortedFlows: (sort, limit, filter) => sortedIds(database, sort, limit, filter),
    hosts: filter => hostNodes(database, filter),
    hostConnections: (host, limit) => hostConnections(database, host, limit),
    paths: (origin, prefix, filter) => pathNodes(database, origin, prefix, filter),
    exchangesOf: id => exchangesOf.all(id).map(row => row.id as number),
    exchangesOfMany(first, last) {
      const found = new Map<ConnectionId, ExchangeId[]>()
      for (const { id, connection } of exchangesBetween.iterate(first, last) as Iterable<Record<string, number>>) {
        const ids = found.get(connection!)
        if (ids) ids.push(id!)
        else found.set(connection!, [id!])
      }
      return found
    },
    exchange(id) {
      const row = exchange.get(id)
      return row && checked(decodeExchange(row.exchange as string), exchangeNumbered(id), `exchange ${id}`)
    },
    body: read.read,
    bodyLength: read.length,
    bodyProblem: read.problem,
    events: (after = 0) => checked(events.all(after), logged, 'the event log').slice(),
    close: () => {
      read.close()
      if (database.isOpen) database.close()
    },
  }
}

type ConnectionQueries = Pick<Capture, 'connection' | 'connections' | 'facts' | 'legCapture' | 'belowTls'>

function connectionQueries(database: DatabaseSync): ConnectionQueries {
  const one = database.prepare(`${selectConnections} WHERE c.id = ?`)
  const facts = database.prepare(
    `SELECT client_ja4 AS clientJa4, upstream_ja4 AS upstreamJa4, client_group AS clientGroup,
      upstream_group AS upstreamGroup, differs, client_resumes AS clientResumes,
      upstream_resumes AS upstreamResumes FROM connections WHERE id = ?`,
  )
  const legCapture = legReader(database)
  /** Many ask for the same one in a row. */
  let last: { readonly row: Record<string, SQLOutputValue>; readonly connection: Connection } | undefined
  const connection = (id: ConnectionId): Connection | undefined => {
    const row = one.get(id)
    if (!row) return undefined
    const same = last && Object.entries(last.row).every(([name, value]) => row[name] === value)
    if (!same) last = { row, connection: readConnection(row) }
    return last!.connection
  }
  return {
    connection,
    belowTls: belowTlsPages(database),
    connections({ failed, after = 0, before = Number.MAX_SAFE_INTEGER, limit, order = 'oldest' }) {
      const asked = failed === undefined ? '' : ` AND c.failed = ${failed ? 1 : 0}`
      const direction = order === 'newest' ? 'DESC' : 'ASC'
      return database
        .prepare(`${selectConnections} WHERE c.id > ? AND c.id < ?${asked} ORDER BY c.id ${direction} LIMIT ?`)
        .all(after, before, limit)
        .map(readConnection)
    },
    facts(id) {
      const row = facts.get(id)
      if (!row) return undefined
      const known = Object.entries(row).filter(([, value]) => value !== null)
      const told = Object.fromEntries(known.map(([name, value]) => [name, name === 'differs' ? value === 1 : value]))
      return checked(told, factsShape, `what connection ${id} is filtered by`)
    },
    legCapture(id, leg) {
      const known = connection(id)
      return known && legCapture(known, leg)
    },
  }
}

const counts = record<Pick<CaptureInfo, 'startedAt' | 'flows' | 'connections' | 'failed'>>({
  startedAt: time,
  flows: whole,
  connections: whole,
  failed: whole,
})

const logged = list(
  record<LoggedEvent>({ id: whole, at: time, level: oneOf('debug', 'info', 'warning', 'error'), text }),
)

const factsShape = record<HandshakeFacts>({
  clientJa4: optional(text),
  upstreamJa4: optional(text),
  clientGroup: optional(text),
  upstreamGroup: optional(text),
  differs: optional(flag),
  clientResumes: optional(whole),
  upstreamResumes: optional(whole),
})

const sizeOf = (path: string): number => statSync(path, { throwIfNoEntry: false })?.size ?? 0

/** Every method with SQLite's errors as StoreErrors; what does not parse, or is not what Parley writes, means a damaged file. */
function guarded(path: string, inner: Capture): Capture {
  const wrap =
    (method: (...args: never[]) => unknown) =>
    (...args: never[]) => {
      try {
        return method(...args)
      } catch (cause) {
        throw readingError(cause, path)
      }
    }
  return Object.fromEntries(Object.entries(inner).map(([name, method]) => [name, wrap(method)])) as unknown as Capture
}
