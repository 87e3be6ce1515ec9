import type { DatabaseSync, SQLInputValue } from 'node:sqlite'
import type { Flow } from '../filter/flow.ts'
import { flowActs, kinds, states } from './codes.ts'
import { contentTypeInterner, originInterner } from './intern.ts'

const columns = [
  ...['kind', 'connection', 'stream', 'started_at', 'origin', 'method', 'status', 'content_type', 'request_type'],
  ...['request_bytes', 'response_bytes', 'duration', 'protocol', 'state', 'problem', 'path', 'acted'],
]

export interface FlowTable {
  /** False where the number is taken. */
  insert(flow: Flow): boolean
  /** False where there is no such row, or it is a flow of the other kind. */
  update(flow: Flow): boolean
}

/** The write side of the table that the list is drawn from. */
export function flowTable(database: DatabaseSync): FlowTable {
  const origins = originInterner(database)
  const types = contentTypeInterner(database)
  const insert = database.prepare(
    `INSERT INTO flows(${columns.join(', ')}, id) VALUES (${columns.map(() => '?').join(', ')}, ?)
      ON CONFLICT DO NOTHING`,
  )
  const update = database.prepare(
    `UPDATE flows SET ${columns.map(name => `${name} = ?`).join(', ')} WHERE id = ? AND kind = ?`,
  )
  const values = (flow: Flow): SQLInputValue[] => [
    kinds.indexOf(flow.kind),
    flow.connection,
    flow.stream ?? null,
    flow.startedAt,
    origins.idOf(flow),
    flow.method,
    flow.status ?? null,
    flow.contentType === undefined ? null : types.idOf(flow.contentType),
    flow.requestType === undefined ? null : types.idOf(flow.requestType),
    flow.requestBytes,
    flow.responseBytes,
    flow.duration ?? null,
    flow.protocol,
    states.indexOf(flow.state),
    flow.problem ? 1 : 0,
    flow.path,
    flow.acted ? flowActs.indexOf(flow.acted) + 1 : 0,
    flow.id,
  ]
  return {
    insert: flow => insert.run(...values(flow)).changes === 1,
    update: flow => update.run(...values(flow), kinds.indexOf(flow.kind)).changes === 1,
  }
}
