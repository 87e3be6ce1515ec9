import type { DatabaseSync, StatementSync } from 'node:sqlite'

export type WriteStatements = Readonly<
  Record<
    | ('begin' | 'commit' | 'totals' | 'belowTls' | 'insertMessage' | 'updateMessage')
    | ('updateExchange' | 'deleteFlow' | 'frames' | 'event'),
    StatementSync
  >
>

/** What a writer says to its database again and again. */
export function writeStatements(database: DatabaseSync): WriteStatements {
  const sql = (text: string): StatementSync => database.prepare(text)
  return {
    begin: sql('BEGIN IMMEDIATE'),
    commit: sql('COMMIT'),
    totals: sql('UPDATE capture SET flows = ?, connections = ?'),
    belowTls: sql('INSERT INTO below_tls(connection, packed) VALUES (?, ?)'),
    insertMessage: sql('INSERT INTO messages(id, exchange, request_body, response_body) VALUES (?, ?, ?, ?)'),
    updateMessage: sql(
      `UPDATE messages SET exchange = ?, request_body = coalesce(?, request_body),
        response_body = coalesce(?, response_body) WHERE id = ?`,
    ),
    updateExchange: sql('UPDATE messages SET exchange = ? WHERE id = ?'),
    deleteFlow: sql('DELETE FROM flows WHERE id = ? AND kind = 1'),
    frames: sql('INSERT INTO frames(connection, first, count, packed) VALUES (?, ?, ?, ?)'),
    event: sql('INSERT INTO events(at, level, text) VALUES (?, ?, ?)'),
  }
}
