import { DatabaseSync } from 'node:sqlite'
import { addPageFunctions } from './older-rows.ts'
import { StoreError } from './store-error.ts'

/** 'Prly': tells a capture from any other SQLite database. */
export const applicationId = 0x50726c79

/**
 * One script a version; a file's user_version says how many it has been through. A released script never changes.
 *
 * Small values stand in numbers: leg 0 client, 1 upstream; direction 0 to-server, 1 to-client; side 0 request,
 * 1 response, 2 and 3 those of the server where they are others; kind 0 exchange, 1 connection; state 0 running,
 * 1 complete, 2 aborted, 3 cancelled; acted 1 changed, 2 answered by Parley, and of messages 0 changed, 1 dropped. Times are ms since the epoch.
 * `flows` is what a filter scans, so it is narrow: origins and content types stand once, in their own tables, and its
 * widest column comes last. It has no index besides its key: scanning a
 * million rows takes about 100 ms (test/bench/store.ts), and an index would be paid for by every exchange.
 * Of a body the beginning stands in `messages`. The rest lies in the file beside the capture, at the `place` that
 * `body_parts` names, and where there is none, as in a copy that is one file, in `bodies`.
 */
export const migrations: readonly string[] = [
  `
  CREATE TABLE capture (one INTEGER PRIMARY KEY CHECK (one = 1), started_at REAL NOT NULL,
    flows INTEGER NOT NULL, connections INTEGER NOT NULL) STRICT;
  CREATE TABLE connections (id INTEGER PRIMARY KEY, opened_at REAL NOT NULL, closed_at REAL, host TEXT, port INTEGER,
    server_name TEXT, protocol TEXT, treatment TEXT, failed INTEGER NOT NULL, problem TEXT,
    client_address TEXT, client_version TEXT, client_cipher TEXT, client_alpn TEXT,
    upstream_address TEXT, upstream_version TEXT, upstream_cipher TEXT, upstream_alpn TEXT,
    client_ja4 TEXT, upstream_ja4 TEXT, client_group TEXT, upstream_group TEXT, differs INTEGER,
    client_resumes INTEGER, upstream_resumes INTEGER,
    state TEXT NOT NULL) STRICT;
  CREATE INDEX failed_connections ON connections(id) WHERE failed = 1;
  CREATE TABLE wire (id INTEGER PRIMARY KEY, connection INTEGER NOT NULL, leg INTEGER NOT NULL,
    direction INTEGER NOT NULL, offset INTEGER NOT NULL, at REAL NOT NULL, bytes BLOB NOT NULL) STRICT;
  CREATE INDEX wire_of ON wire(connection, leg);
  CREATE TABLE record_headers (id INTEGER PRIMARY KEY, connection INTEGER NOT NULL, leg INTEGER NOT NULL,
    direction INTEGER NOT NULL, packed BLOB NOT NULL) STRICT;
  CREATE INDEX record_headers_of ON record_headers(connection, leg);
  CREATE TABLE keys (id INTEGER PRIMARY KEY, connection INTEGER NOT NULL, leg INTEGER NOT NULL,
    line TEXT NOT NULL) STRICT;
  CREATE INDEX keys_of ON keys(connection, leg);
  CREATE TABLE origins (id INTEGER PRIMARY KEY, scheme TEXT NOT NULL, host TEXT NOT NULL, port INTEGER,
    text TEXT NOT NULL) STRICT;
  CREATE INDEX origins_by_name ON origins(host, scheme, port);
  CREATE TABLE content_types (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE) STRICT;
  CREATE TABLE flows (id INTEGER PRIMARY KEY, kind INTEGER NOT NULL, connection INTEGER NOT NULL, stream INTEGER,
    started_at REAL NOT NULL, origin INTEGER NOT NULL, method TEXT NOT NULL, status INTEGER, content_type INTEGER,
    request_type INTEGER, request_bytes INTEGER NOT NULL, response_bytes INTEGER NOT NULL, duration REAL,
    protocol TEXT NOT NULL, state INTEGER NOT NULL, problem INTEGER NOT NULL, path TEXT NOT NULL) STRICT;
  CREATE TABLE messages (id INTEGER PRIMARY KEY, exchange TEXT NOT NULL, request_body BLOB, response_body BLOB) STRICT;
  CREATE TABLE bodies (id INTEGER PRIMARY KEY, exchange INTEGER NOT NULL, side INTEGER NOT NULL,
    offset INTEGER NOT NULL, bytes BLOB NOT NULL) STRICT;
  CREATE INDEX bodies_of ON bodies(exchange, side, offset);
  CREATE TABLE frames (id INTEGER PRIMARY KEY, connection INTEGER NOT NULL, first INTEGER NOT NULL,
    count INTEGER NOT NULL, packed BLOB NOT NULL) STRICT;
  CREATE INDEX frames_of ON frames(connection, first);
  CREATE TABLE stream_messages (id INTEGER PRIMARY KEY, exchange INTEGER NOT NULL, seq INTEGER NOT NULL,
    at REAL NOT NULL, ended_at REAL NOT NULL, direction INTEGER NOT NULL, opcode INTEGER NOT NULL,
    flags INTEGER NOT NULL, frames INTEGER NOT NULL, length INTEGER NOT NULL, bytes BLOB NOT NULL) STRICT;
  CREATE INDEX stream_messages_of ON stream_messages(exchange, seq);
  CREATE TABLE events (id INTEGER PRIMARY KEY, at REAL NOT NULL, level TEXT NOT NULL, text TEXT NOT NULL) STRICT;
  `,
  `
  CREATE TABLE notes (flow INTEGER PRIMARY KEY, marked INTEGER NOT NULL, comment TEXT NOT NULL) STRICT;
  `,
  `
  CREATE TABLE processes (id INTEGER PRIMARY KEY, pid INTEGER NOT NULL, name TEXT NOT NULL,
    command TEXT NOT NULL) STRICT;
  ALTER TABLE connections ADD COLUMN process INTEGER;
  CREATE INDEX connections_by_process ON connections(process) WHERE process IS NOT NULL;
  `,
  `
  CREATE INDEX failed_flows ON flows(id) WHERE state = 2;
  `,
  `
  ALTER TABLE capture ADD COLUMN body_file BLOB;
  CREATE TABLE body_parts (exchange INTEGER NOT NULL, side INTEGER NOT NULL, offset INTEGER NOT NULL,
    place INTEGER NOT NULL, length INTEGER NOT NULL, PRIMARY KEY (exchange, side, offset)) STRICT, WITHOUT ROWID;
  `,
  // older-rows.ts has the functions
  `
  CREATE TABLE below_tls (id INTEGER PRIMARY KEY, connection INTEGER NOT NULL, packed BLOB NOT NULL) STRICT;
  CREATE INDEX below_tls_of ON below_tls(connection);
  INSERT INTO below_tls(connection, packed)
    SELECT connection, page_of_wire(leg, direction, offset, at, bytes) FROM wire ORDER BY id;
  INSERT INTO below_tls(connection, packed)
    SELECT connection, page_of_headers(leg, direction, packed) FROM record_headers ORDER BY id;
  INSERT INTO below_tls(connection, packed) SELECT connection, page_of_key(leg, line) FROM keys ORDER BY id;
  DROP TABLE wire;
  DROP TABLE record_headers;
  DROP TABLE keys;
  `,
  `
  ALTER TABLE flows RENAME TO older_flows;
  CREATE TABLE flows (id INTEGER PRIMARY KEY, kind INTEGER NOT NULL, connection INTEGER NOT NULL, stream INTEGER,
    started_at REAL NOT NULL, origin INTEGER NOT NULL, method TEXT NOT NULL, status INTEGER, content_type INTEGER,
    request_type INTEGER, request_bytes INTEGER NOT NULL, response_bytes INTEGER NOT NULL, duration REAL,
    protocol TEXT NOT NULL, state INTEGER NOT NULL, problem INTEGER NOT NULL, acted INTEGER NOT NULL,
    path TEXT NOT NULL) STRICT;
  INSERT INTO flows SELECT id, kind, connection, stream, started_at, origin, method, status, content_type, request_type,
    request_bytes, response_bytes, duration, protocol, state, problem, 0, path FROM older_flows;
  DROP TABLE older_flows;
  CREATE INDEX failed_flows ON flows(id) WHERE state = 2;
  CREATE TABLE acted_messages (id INTEGER PRIMARY KEY, exchange INTEGER NOT NULL, seq INTEGER NOT NULL,
    how INTEGER NOT NULL, acts TEXT NOT NULL, length INTEGER, bytes BLOB) STRICT;
  CREATE UNIQUE INDEX acted_messages_of ON acted_messages(exchange, seq);
  `,
]

export const schemaVersion = migrations.length

/** Which version a capture is. Throws StoreError for a file that is no capture, or one of a newer Parley. */
export function captureVersion(database: DatabaseSync, path: string): number {
  const version = pragma(database, 'user_version')
  if (pragma(database, 'application_id') !== applicationId) throw new StoreError('store/not-a-capture', path)
  if (version > schemaVersion)
    throw new StoreError('store/newer', `${path} has format ${version}, this one reads up to ${schemaVersion}`)
  return version
}

const mostObjects = 1000

/** Whether the tables and indexes are those that the scripts make, and nothing else is there: no view, no trigger. */
export function isOurSchema(database: DatabaseSync, version: number): boolean {
  const made = new DatabaseSync(':memory:')
  try {
    addPageFunctions(made)
    for (const script of migrations.slice(0, version)) made.exec(script)
    return schemaText(made) === schemaText(database)
  } finally {
    made.close()
  }
}

const schemaText = (database: DatabaseSync): string =>
  database
    .prepare(`SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY type, name LIMIT ${mostObjects}`)
    .all()
    .map(row => Object.values(row).join(' ').replace(/\s+/g, ' '))
    .join('\n')

/** Runs the scripts from `version` on, all or none. */
export function migrate(database: DatabaseSync, version: number): void {
  addPageFunctions(database)
  database.exec('BEGIN IMMEDIATE')
  for (const script of migrations.slice(version)) database.exec(script)
  database.exec(`PRAGMA application_id = ${applicationId}; PRAGMA user_version = ${schemaVersion}; COMMIT`)
}

function pragma(database: DatabaseSync, name: string): number {
  return database.prepare(`PRAGMA ${name}`).get()![name] as number
}
