import type { DatabaseSync, SQLInputValue, SQLOutputValue } from 'node:sqlite'
import { clean } from '../filter/flow.ts'
import { endpointText } from '../filter/searched-text.ts'
import type { ClientProcess, Connection, Leg } from '../model/connection.ts'
import type { HandshakeFacts } from '../model/handshake-facts.ts'
import { processInterner } from './intern.ts'
import { checked } from './shape.ts'
import { clientProcess, connectionNumbered } from './shapes.ts'

const columns = [
  ...['opened_at', 'closed_at', 'host', 'port', 'server_name', 'protocol', 'treatment', 'failed', 'problem'],
  ...['client_address', 'client_version', 'client_cipher', 'client_alpn'],
  ...['upstream_address', 'upstream_version', 'upstream_cipher', 'upstream_alpn', 'state'],
]

const factColumns = [
  ...['client_ja4', 'upstream_ja4', 'client_group', 'upstream_group', 'differs', 'client_resumes', 'upstream_resumes'],
]

export interface ConnectionTable {
  insert(connection: Connection): void
  /** False where there is no such row. */
  update(connection: Connection): boolean
  /** What the handshakes say; what is left out stays as it was. The connection must have been written before. */
  facts(connection: number, facts: HandshakeFacts): void
  /** Who opened it; the connection must have been written before. */
  process(connection: number, process: ClientProcess): void
}

/** The write side of the connections. `state` is the model value whole; the other columns are what filters ask. */
export function connectionTable(database: DatabaseSync): ConnectionTable {
  const insert = database.prepare(
    `INSERT INTO connections(${columns.join(', ')}, id) VALUES (${columns.map(() => '?').join(', ')}, ?)`,
  )
  const update = database.prepare(
    `UPDATE connections SET ${columns.map(name => `${name} = ?`).join(', ')} WHERE id = ?`,
  )
  const facts = database.prepare(
    `UPDATE connections SET ${factColumns.map(name => `${name} = coalesce(?, ${name})`).join(', ')} WHERE id = ?`,
  )
  const processes = processInterner(database)
  const process = database.prepare('UPDATE connections SET process = ? WHERE id = ?')
  return {
    insert: connection => void insert.run(...values(connection)),
    update: connection => update.run(...values(connection)).changes === 1,
    facts: (connection, told) => {
      const differs = told.differs === undefined ? null : told.differs ? 1 : 0
      const texts = [told.clientJa4, told.upstreamJa4, told.clientGroup, told.upstreamGroup].map(text => text ?? null)
      facts.run(...texts, differs, told.clientResumes ?? null, told.upstreamResumes ?? null, connection)
    },
    process: (connection, told) => void process.run(processes.idOf(told), connection),
  }
}

/** Connections with their processes, for readConnection; `c` is their table. */
export const selectConnections =
  'SELECT c.id, c.state, p.pid, p.name, p.command FROM connections c LEFT JOIN processes p ON p.id = c.process'

/** Throws ShapeError and SyntaxError. */
export function readConnection({ id, state, pid, name, command }: Record<string, SQLOutputValue>): Connection {
  const connection = checked(JSON.parse(state as string), connectionNumbered(id as number), `connection ${id}`)
  if (pid === null) return connection
  return { ...connection, process: checked({ pid, name, command }, clientProcess, `the process of connection ${id}`) }
}

const values = (connection: Connection): SQLInputValue[] => [
  connection.openedAt,
  connection.closed?.at ?? null,
  connection.target?.host ?? null,
  connection.target?.port ?? null,
  text(connection.serverName),
  connection.protocol ?? null,
  connection.treatment ?? null,
  connection.problems.length > 0 ? 1 : 0,
  connection.problems[0]?.message ?? null,
  ...legValues(connection.client),
  ...legValues(connection.upstream),
  JSON.stringify(connection),
  connection.id,
]

const legValues = (leg: Leg | undefined): SQLInputValue[] => [
  endpointText(leg?.remote) ?? null,
  leg?.agreed?.version ?? null,
  leg?.agreed?.cipherSuite ?? null,
  text(leg?.agreed?.alpn),
]

const text = (value: string | undefined): string | null => (value === undefined ? null : clean(value))
