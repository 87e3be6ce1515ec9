import type { DatabaseSync } from 'node:sqlite'
import type { Filter } from '../filter/ast.ts'
import type { ExchangeId } from '../model/exchange.ts'
import { type Among, toSql } from './to-sql.ts'

export const sortKeys = ['time', 'duration', 'size', 'status', 'host', 'path', 'method', 'type'] as const
export type SortKey = (typeof sortKeys)[number]

export interface Sort {
  readonly by: SortKey
  readonly descending: boolean
}

const expressions: Readonly<Record<SortKey, string>> = {
  time: 'f.id',
  duration: 'f.duration',
  size: 'f.response_bytes', // as the list shows it,
  status: 'f.status',
  host: 'o.host',
  path: 'f.path',
  method: 'f.method',
  type: 'r.text',
}

/**
 * The first ids of the flows in this order, those without a value last, equal ones in order of time. A scan with a heap
 * of `limit`: 100 to 200 ms over a million flows.
 */
export function sortedIds(
  database: DatabaseSync,
  { by, descending }: Sort,
  limit: number,
  filter: Filter | Among = { type: 'all' },
): ExchangeId[] {
  const { sql, values } = toSql(filter)
  const direction = descending ? 'DESC' : 'ASC'
  const statement = database.prepare(
    `SELECT f.id FROM flows f LEFT JOIN origins o ON o.id = f.origin LEFT JOIN content_types r ON r.id = f.content_type
     WHERE ${sql} ORDER BY ${expressions[by]} ${direction} NULLS LAST, f.id LIMIT ?`,
  )
  return statement.all(...values, limit).map(({ id }) => id as number)
}
