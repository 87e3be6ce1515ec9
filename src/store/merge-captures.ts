import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { DatabaseSync } from 'node:sqlite'
import type { Problem } from '../problem/problem.ts'
import { copyCapture } from './copy-capture.ts'
import { openDatabase } from './open-database.ts'
import { readingError, StoreError, withStoreErrors } from './store-error.ts'

/**
 * Makes one capture of several, the flows of each behind those of the one before; connections and flows get new numbers. One
 * file, mode 0600, which takes nobody's place. Answers with why bodies are missing in it. Throws StoreError.
 */
export function mergeCaptures(paths: readonly string[], to: string): Problem | undefined {
  const [first, ...others] = paths
  let problem = copyCapture(first!, to)
  try {
    const folder = mkdtempSync(`${to}-`)
    try {
      for (const path of others) {
        const copy = join(folder, 'capture')
        problem = copyCapture(path, copy) ?? problem
        addCapture(copy, path, to)
        rmSync(copy)
      }
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
    return problem
  } catch (error) {
    rmSync(to, { force: true })
    throw error
  }
}

/** `copy` is of the capture at `path`, and may be brought up to date. */
function addCapture(copy: string, path: string, to: string): void {
  try {
    openDatabase(copy, false).close()
  } catch (cause) {
    throw readingError(cause, path)
  }
  const database = openDatabase(to, false)
  try {
    withStoreErrors(to, () => {
      database.prepare('ATTACH ? AS other').run(copy)
      refuseDamaged(database, path)
      database.exec('PRAGMA journal_mode = OFF; BEGIN')
      addRows(database)
      database.exec('COMMIT; DETACH other')
    })
  } finally {
    database.close()
  }
}

const sameOrigin = 'm.host = o.host AND m.scheme = o.scheme AND m.port IS o.port AND m.text = o.text'

/** Numbers can be put into JSON alone. */
function refuseDamaged(database: DatabaseSync, path: string): void {
  const broken = database
    .prepare(
      'SELECT 1 FROM other.connections WHERE NOT json_valid(state) UNION ALL SELECT 1 FROM other.messages WHERE NOT json_valid(exchange) LIMIT 1',
    )
    .get()
  if (broken) throw new StoreError('store/damaged', path)
}

/** Parameters: `:c` what is added to the number of a connection, `:f` to that of a flow, `:p` to that of a process. */
const rows: readonly string[] = [
  'INSERT OR IGNORE INTO content_types(text) SELECT text FROM other.content_types',
  `INSERT INTO origins(scheme, host, port, text) SELECT scheme, host, port, text FROM other.origins o
    WHERE NOT EXISTS (SELECT 1 FROM main.origins m WHERE ${sameOrigin})`,
  'INSERT INTO processes SELECT id + :p, pid, name, command FROM other.processes',
]

const origin = `(SELECT m.id FROM other.origins o JOIN main.origins m ON ${sameOrigin} WHERE o.id = t.origin)`
const typeOf = (column: string): string =>
  `(SELECT m.id FROM other.content_types o JOIN main.content_types m ON m.text = o.text WHERE o.id = t.${column})`

/** Of tables whose columns need a change: what stands in the place of the column. */
const changed: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  connections: { id: 'id + :c', process: 'process + :p', state: "json_set(state, '$.id', id + :c)" },
  flows: {
    ...{ id: 'id + :f', connection: 'connection + :c', origin },
    ...{ content_type: typeOf('content_type'), request_type: typeOf('request_type') },
  },
  messages: {
    id: 'id + :f',
    exchange: "json_set(exchange, '$[0][0]', id + :f, '$[0][1]', json_extract(exchange, '$[0][1]') + :c)",
  },
  bodies: { id: 'NULL', exchange: 'exchange + :f' },
  body_parts: { exchange: 'exchange + :f' },
  below_tls: { id: 'NULL', connection: 'connection + :c' },
  frames: { id: 'NULL', connection: 'connection + :c' },
  stream_messages: { id: 'NULL', exchange: 'exchange + :f' },
  acted_messages: { id: 'NULL', exchange: 'exchange + :f' },
  notes: { flow: 'flow + :f' },
  events: { id: 'NULL' },
}

function addRows(database: DatabaseSync): void {
  const numbers = {
    c: most(database, 'SELECT max(id) FROM connections', 'SELECT max(connection) FROM flows'),
    f: most(database, 'SELECT max(id) FROM flows', 'SELECT max(id) FROM messages'),
    p: most(database, 'SELECT max(id) FROM processes'),
  }
  for (const sql of [...rows, ...Object.keys(changed).map(table => insertOf(database, table))]) {
    const used = Object.entries(numbers).filter(([name]) => sql.includes(`:${name}`))
    database.prepare(sql).run(Object.fromEntries(used))
  }
  database.exec(`UPDATE capture SET (started_at, flows, connections, body_file) = (SELECT min(capture.started_at, o.started_at),
    capture.flows + o.flows, capture.connections + o.connections, coalesce(capture.body_file, o.body_file)
    FROM other.capture o)`)
}

const most = (database: DatabaseSync, ...queries: readonly string[]): number =>
  Math.max(0, ...queries.map(sql => Number(Object.values(database.prepare(sql).get()!)[0] ?? 0)))

function insertOf(database: DatabaseSync, table: string): string {
  const names = database
    .prepare(`SELECT name FROM pragma_table_info('${table}')`)
    .all()
    .map(({ name }) => String(name))
  const values = names.map(name => changed[table]![name] ?? name)
  return `INSERT INTO main.${table}(${names.join(', ')}) SELECT ${values.join(', ')} FROM other.${table} t`
}
