import type { DatabaseSync, SQLInputValue, SQLOutputValue, StatementSync } from 'node:sqlite'
import type { Filter } from '../filter/ast.ts'
import type { Flow } from '../filter/flow.ts'
import type { ExchangeId } from '../model/exchange.ts'
import { flowActs, hasFailed, kinds, states } from './codes.ts'
import { placeOf } from './exchange-codec.ts'
import { checked, flag, number, oneOf, optional, record, text, time, whole } from './shape.ts'
import { type Among, toSql } from './to-sql.ts'

/** A page of the list. Pages hang on ids, so that they stay put while rows come in. */
export interface FlowQuery<Asked = Filter> {
  readonly filter?: Asked
  /** Only flows after this id. */
  readonly after?: ExchangeId
  /** Only flows before this id. */
  readonly before?: ExchangeId
  readonly limit: number
  /** 'newest' gives the last rows of the range first. 'oldest' where absent. */
  readonly order?: 'oldest' | 'newest'
}

/** A flow with what the list shows of its connection. */
export interface FlowRow extends Flow {
  readonly clientVersion?: string
  readonly clientAlpn?: string
  readonly upstreamVersion?: string
  readonly upstreamAlpn?: string
  /** Whether the two handshakes differ; absent where that is not known. */
  readonly differs?: boolean
  /** Of a connection that failed, or of the exchange that speaks for it: what went wrong. */
  readonly note?: string
  /** The code of that problem, and what to do about it. */
  readonly code?: string
  readonly remedy?: string
  /** By a person. */
  readonly marked?: boolean
  readonly comment?: string
}

export interface FlowQueries {
  flows(query: FlowQuery<Filter | Among>): FlowRow[]
  count(filter?: Filter | Among): number
  /** Ids of the first flows that match, of all or of those in a range, in order. */
  matching(
    filter: Filter,
    limit: number,
    range?: { readonly first: ExchangeId; readonly last: ExchangeId },
  ): ExchangeId[]
  /** How many flows that match come before this one; where it would stand, if it does not match itself. */
  position(filter: Filter | Among | undefined, id: ExchangeId): number
}

const all: Filter = { type: 'all' }

/** The questions behind the list. With no filter each is a look-up; with one, at worst a scan of the narrow table. */
export function flowQueries(database: DatabaseSync): FlowQueries {
  const prepared = preparedOnce(database)
  const firstIfDense = denseFlows(database)
  const number = (sql: string, values: readonly SQLInputValue[]): number => prepared(sql).get(...values)?.n as number
  return {
    flows({ filter = all, after, before, limit, order = 'oldest' }) {
      const { sql, values } = toSql(filter)
      const range = `${after === undefined ? '' : ' AND f.id > ?'}${before === undefined ? '' : ' AND f.id < ?'}`
      const bounds = [after, before].filter(bound => bound !== undefined)
      const direction = order === 'newest' ? 'DESC' : 'ASC'
      const text = `${rowSql} WHERE ${sql}${range} ORDER BY f.id ${direction} LIMIT ?`
      return prepared(text)
        .all(...values, ...bounds, limit)
        .map(flowRow)
    },
    count(filter = all) {
      if (filter.type === 'all') return number('SELECT flows AS n FROM capture', [])
      const { sql, values } = toSql(filter)
      return number(`SELECT count(*) AS n FROM flows f WHERE ${sql}`, values)
    },
    matching(filter, limit, range) {
      const { sql, values } = toSql(filter)
      const bounds = range ? [range.first, range.last] : []
      const text = `SELECT f.id FROM flows f WHERE ${range ? 'f.id BETWEEN ? AND ? AND ' : ''}${sql} ORDER BY f.id LIMIT ?`
      return prepared(text)
        .all(...bounds, ...values, limit)
        .map(({ id }) => id as number)
    },
    position(filter = all, id) {
      const first = filter.type === 'all' ? firstIfDense() : undefined
      if (first !== undefined) return Math.max(0, Math.min(id - first, number('SELECT flows AS n FROM capture', [])))
      const { sql, values } = toSql(filter)
      return number(`SELECT count(*) AS n FROM flows f WHERE ${sql} AND f.id < ?`, [...values, id])
    },
  }
}

/** Statements by their text, kept for when it is asked again. */
function preparedOnce(database: DatabaseSync): (sql: string) => StatementSync {
  const statements = new Map<string, StatementSync>()
  return sql => {
    const known = statements.get(sql)
    if (known) return known
    if (statements.size >= 64) statements.clear()
    const statement = database.prepare(sql)
    statements.set(sql, statement)
    return statement
  }
}

/** The first id where ids are dense, which they are but for exchanges that got a number and were never written. */
function denseFlows(database: DatabaseSync): () => number | undefined {
  const ends = database.prepare(
    'SELECT (SELECT min(id) FROM flows) AS first, (SELECT max(id) FROM flows) AS last, flows FROM capture',
  )
  return () => {
    const { first, last, flows } = ends.get() as { first: number | null; last: number; flows: number }
    return first !== null && last - first + 1 === flows ? first : undefined
  }
}

/** Of a connection that failed, or of the exchange that failed with it: in clear each has its own. */
const firstProblem = (member: string): string => `CASE WHEN f.kind = 1 THEN c.state ->> '$.problems[0].${member}'
  WHEN m.exchange ->> '${placeOf.how}' = 'connection-failed'
  THEN ifnull(m.exchange ->> '${placeOf.problem}.${member}', c.state ->> '$.problems[0].${member}') END AS ${member}`

const rowSql = `SELECT f.*, o.scheme, o.host, o.port, r.text AS content_type_text, q.text AS request_type_text,
  c.client_version, c.client_alpn, c.upstream_version, c.upstream_alpn, c.differs,
  ${['message', 'code', 'remedy'].map(firstProblem).join(', ')},
  n.marked, n.comment
  FROM flows f LEFT JOIN origins o ON o.id = f.origin LEFT JOIN content_types r ON r.id = f.content_type
  LEFT JOIN content_types q ON q.id = f.request_type LEFT JOIN connections c ON c.id = f.connection
  LEFT JOIN messages m ON m.id = f.id AND ${hasFailed('f')} LEFT JOIN notes n ON n.flow = f.id`

type Row = Record<string, SQLOutputValue>

const flowShape = record<FlowRow>({
  id: whole,
  kind: oneOf(...kinds),
  connection: whole,
  stream: optional(whole),
  startedAt: time,
  scheme: text,
  host: text,
  port: optional(whole),
  method: text,
  path: text,
  status: optional(whole),
  contentType: optional(text),
  requestType: optional(text),
  requestBytes: whole,
  responseBytes: whole,
  duration: optional(number),
  protocol: text,
  state: oneOf(...states),
  problem: flag,
  acted: optional(oneOf(...flowActs)),
  clientVersion: optional(text),
  clientAlpn: optional(text),
  upstreamVersion: optional(text),
  upstreamAlpn: optional(text),
  differs: optional(flag),
  note: optional(text),
  code: optional(text),
  remedy: optional(text),
  marked: optional(flag),
  comment: optional(text),
})

const flowRow = (row: Row): FlowRow => checked(asFlow(row), flowShape, `flow ${row.id}`)

function asFlow(row: Row): unknown {
  return {
    id: row.id,
    kind: kinds[row.kind as number],
    connection: row.connection,
    startedAt: row.started_at,
    scheme: row.scheme,
    host: row.host,
    method: row.method,
    path: row.path,
    requestBytes: row.request_bytes,
    responseBytes: row.response_bytes,
    protocol: row.protocol,
    state: states[row.state as number],
    problem: row.problem === 1,
    ...present(row, optionalColumns),
    ...(row.acted !== 0 && { acted: flowActs[(row.acted as number) - 1] ?? row.acted }),
    ...(row.differs !== null && { differs: row.differs === 1 }),
    ...(row.marked === 1 && { marked: true }),
    ...(row.comment && { comment: row.comment }),
  }
}

const optionalColumns: Readonly<Record<string, string>> = {
  stream: 'stream',
  port: 'port',
  status: 'status',
  contentType: 'content_type_text',
  requestType: 'request_type_text',
  duration: 'duration',
  clientVersion: 'client_version',
  clientAlpn: 'client_alpn',
  upstreamVersion: 'upstream_version',
  upstreamAlpn: 'upstream_alpn',
  note: 'message',
  code: 'code',
  remedy: 'remedy',
}

function present(row: Row, columns: Readonly<Record<string, string>>): Row {
  const found: Row = {}
  for (const [name, column] of Object.entries(columns)) {
    const value = row[column]
    if (value !== null && value !== undefined) found[name] = value
  }
  return found
}
