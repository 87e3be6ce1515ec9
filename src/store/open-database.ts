import { closeSync, mkdirSync, mkdtempSync, openSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { pathToFileURL } from 'node:url'
import { captureVersion, isOurSchema, migrate, schemaVersion } from './schema.ts'
import { StoreError } from './store-error.ts'

// Never open() a capture that this process may have open: the close() drops all of the process's POSIX locks on it,
// SQLite's too (https://sqlite.org/howtocorrupt.html 2.2). stat() and a file made with O_EXCL are safe.

const pageSize = 16_384

/**
 * Makes a capture, mode 0600, and opens it for writing. Write-ahead log, so that readers never wait for the writer.
 * synchronous=NORMAL syncs at checkpoints alone, every 16 MB: a crash of Parley loses nothing that was committed, a power
 * cut at most the last seconds. OFF measured 1 to 2 us an exchange less, and a power cut could cost the whole file.
 */
export function createDatabase(path: string): DatabaseSync {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  closeSync(openSync(path, 'wx', 0o600)) // SQLite gives -wal and -shm the same mode
  const database = new DatabaseSync(path, { timeout: 5000 })
  database.exec(`
    PRAGMA page_size = ${pageSize}; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;
    PRAGMA wal_autocheckpoint = ${(16 * 1024 * 1024) / pageSize}; PRAGMA cache_size = -16384; PRAGMA temp_store = MEMORY`)
  migrate(database, 0)
  return database
}

/**
 * What a reader accepts of a file. Whoever made it may have put views, triggers and functions into its schema, and values
 * that fill the memory: Parley writes none above some megabytes.
 */
export const limits = { length: 64 * 1024 * 1024 }

/**
 * Opens a capture, whole, left by a crash, or being written. To read does not change it: one that an older Parley wrote is
 * brought up to date in a copy, which is gone with the reader; only to write changes the file itself. Throws StoreError
 * where it is no capture, a newer one, or holds other tables than Parley makes.
 */
export function openDatabase(path: string, readonly: boolean): DatabaseSync {
  refuseSpecialFiles(path)
  const database = connect(path, readonly)
  try {
    const version = captureVersion(database, path)
    if (!isOurSchema(database, version)) throw new StoreError('store/not-a-capture', `${path} holds other tables`)
    const current = version === schemaVersion ? database : upgraded(database, version, readonly)
    current.exec('PRAGMA trusted_schema = OFF; PRAGMA cache_size = -32768; PRAGMA temp_store = MEMORY')
    return current
  } catch (error) {
    if (database.isOpen) database.close()
    throw error
  }
}

/** Pipes and devices may never end, and SQLite reads what lies beside a capture, too. */
function refuseSpecialFiles(path: string): void {
  const file = statSync(path, { throwIfNoEntry: false })
  if (!file) throw new StoreError('store/missing', path)
  if (file.isDirectory()) throw new StoreError('store/not-a-capture', `${path} is a folder`)
  for (const each of [path, `${path}-wal`, `${path}-shm`, `${path}-journal`])
    if (statSync(each, { throwIfNoEntry: false })?.isFile() === false)
      throw new StoreError('store/not-a-capture', `${each} is no regular file`)
}

function connect(path: string, readOnly: boolean): DatabaseSync {
  const isThere = (end: string): boolean => statSync(path + end, { throwIfNoEntry: false }) !== undefined
  if (readOnly && !isThere('-wal') && !isThere('-journal')) {
    try {
      return connectClosed(path)
    } catch {} // not ours to write
  }
  const options = { readOnly, timeout: 3000, defensive: true, limits }
  const database = new DatabaseSync(path, options)
  try {
    database.prepare('PRAGMA application_id').get()
    return database
  } catch (error) {
    database.close()
    // On a read-only medium SQLite cannot make the -shm; without a -wal it needs none.
    const log = statSync(`${path}-wal`, { throwIfNoEntry: false })?.size ?? 0
    const primary = ((error as { errcode?: number }).errcode ?? 0) & 0xff
    if (!readOnly || log > 0 || (primary !== 14 && primary !== 8)) throw error
    return new DatabaseSync(`${pathToFileURL(path).href}?immutable=1`, options)
  }
}

/** A reader that may not write leaves -wal and -shm behind; of a capture that nobody records, one that may takes them away. */
function connectClosed(path: string): DatabaseSync {
  const database = new DatabaseSync(path, { timeout: 3000, defensive: true, limits })
  try {
    database.exec('PRAGMA query_only = ON; PRAGMA application_id')
    return database
  } catch (error) {
    database.close()
    throw error
  }
}

function upgraded(database: DatabaseSync, version: number, readonly: boolean): DatabaseSync {
  if (readonly) return upgradedCopy(database, version)
  migrate(database, version)
  return database
}

function upgradedCopy(database: DatabaseSync, version: number): DatabaseSync {
  const folder = mkdtempSync(join(tmpdir(), 'parley-older-'))
  try {
    const path = join(folder, 'capture')
    database.exec('PRAGMA query_only = OFF')
    database.prepare('VACUUM INTO ?').run(path)
    database.close()
    const copy = new DatabaseSync(path, { defensive: true, limits })
    migrate(copy, version)
    copy.exec('PRAGMA query_only = ON')
    return copy
  } finally {
    rmSync(folder, { recursive: true, force: true }) // what is open is readable all the same
  }
}
