import { closeSync, mkdtempSync, openSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync, type SQLOutputValue } from 'node:sqlite'
import type { Problem } from '../problem/problem.ts'
import { bodies } from './bodies.ts'
import { BodyFile } from './body-file.ts'
import { refuseOtherBodies } from './body-writer.ts'
import { limits, openDatabase } from './open-database.ts'
import { checked, record, whole } from './shape.ts'
import { readingError, StoreError, withStoreErrors } from './store-error.ts'

/**
 * Makes one file of a capture, bodies and all, also of one that is being recorded. It appears whole or not at all, mode
 * 0600, and takes nobody's place. Answers with why bodies are missing in it. Throws StoreError.
 */
export function copyCapture(path: string, to: string): Problem | undefined {
  try {
    const database = openDatabase(path, true)
    try {
      return withStoreErrors(to, () => intoPlace(to, copy => copyInto(copy, database, path)))
    } finally {
      database.close()
    }
  } catch (cause) {
    throw readingError(cause, path)
  }
}

function intoPlace<Result>(to: string, make: (path: string) => Result): Result {
  refuseOtherBodies(to)
  closeSync(openSync(to, 'wx', 0o600))
  const folder = mkdtempSync(`${to}-`)
  try {
    const made = join(folder, 'capture')
    closeSync(openSync(made, 'wx', 0o600))
    const result = make(made)
    renameSync(made, to)
    return result
  } catch (error) {
    rmSync(to)
    throw error
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** The rows as they are at this moment, then the bodies that they speak of: what lies in the file by then does not change. */
function copyInto(copyPath: string, database: DatabaseSync, path: string): Problem | undefined {
  database.exec('PRAGMA query_only = OFF')
  database.prepare('VACUUM INTO ?').run(copyPath)
  const copy = new DatabaseSync(copyPath, { defensive: true, limits })
  const file = new BodyFile(path, copy.prepare('SELECT body_file AS id FROM capture').get()?.id)
  const read = bodies(copy, path)
  try {
    copy.exec('PRAGMA journal_mode = OFF; BEGIN')
    moveBodies(copy, file)
    const problem = read.problem()
    if (!problem) copy.exec('UPDATE capture SET body_file = NULL')
    copy.exec('COMMIT')
    return problem
  } finally {
    read.close()
    file.close()
    copy.close()
  }
}

const rowBytes = 256 * 1024
const partShape = record({ exchange: whole, side: whole, offset: whole, place: whole, length: whole })

/** What is there of the file goes into rows; what is not stays named, so that it is known to be missing. */
function moveBodies(copy: DatabaseSync, file: BodyFile): void {
  const size = file.size()
  if (typeof size !== 'number') return
  const insert = copy.prepare('INSERT INTO bodies(exchange, side, offset, bytes) VALUES (?, ?, ?, ?)')
  let left = size // no byte is in two bodies
  for (const row of copy.prepare('SELECT * FROM body_parts WHERE place + length <= ?').iterate(size)) {
    const { exchange, side, offset, place, length } = partOf(row)
    left -= length
    if (left < 0 || file.bytesAt(place, length) < length) throw new StoreError('store/damaged', file.path)
    for (let at = 0; at < length; at += rowBytes)
      insert.run(exchange, side, offset + at, file.read(place + at, Math.min(rowBytes, length - at)))
  }
  copy.prepare('DELETE FROM body_parts WHERE place + length <= ?').run(size)
}

const partOf = (row: Record<string, SQLOutputValue>) => checked({ ...row }, partShape, 'a part of a body')
