import type { DatabaseSync, StatementSync } from 'node:sqlite'

export type WriteStatements = Readonly<
  Record<
    | ('begin' | 'commit' | 'totals' | 'wire' | 'recordHeaders' | 'keyLog' | 'insertMessage' | 'updateMessage')
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
    wire: sql('INSERT INTO wire(connection, leg, direction, offset, at, bytes) VALUES (?, ?, ?, ?, ?, ?)'),
    recordHeaders: sql('INSERT INTO record_headers(connection, leg, direction, packed) VALUES (?, ?, ?, ?)'),
    keyLog: sql('INSERT INTO keys(connection, leg, line) VALUES (?, ?, ?)'),
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
