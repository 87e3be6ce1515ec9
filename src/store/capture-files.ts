import { chmodSync, mkdirSync, readdirSync, rmSync, statfsSync, statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { pathToFileURL } from 'node:url'
import { bodyFileOf } from './body-file.ts'
import { captureFolder } from './data-folder.ts'
import { withStoreErrors } from './store-error.ts'

/** What a capture is of: a proxy with screen or lines, `parley record`, one request of `trace` or visits of `demo`. */
export type Purpose = 'recording' | 'record' | 'trace'

interface KeepingRule {
  /** These stay in any case. */
  readonly newest: number
  readonly days: number
  /** Of all together, newest first. */
  readonly bytes: number
}

const gigabyte = 1024 ** 3
const msOfDay = 86_400_000

/** Which captures stay that nobody named. */
export const keeping: Readonly<Record<Exclude<Purpose, 'record'>, KeepingRule>> = {
  recording: { newest: 5, days: 30, bytes: 4 * gigabyte },
  trace: { newest: 5, days: 7, bytes: gigabyte / 4 },
}

const name = /^\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d(?:-\d+)*(?:\.(record|trace))?\.parley$/
const purposeOf = (path: string): Purpose => (name.exec(basename(path))?.[1] ?? 'recording') as Purpose

/** The path for a new capture, named by the local time and what it is of; makes the folder with mode 0700. Makes no file. */
export function newCapturePath(
  folder: string = captureFolder(),
  now: Date = new Date(),
  purpose: Purpose = 'recording',
): string {
  return withStoreErrors(folder, () => {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    chmodSync(folder, 0o700)
    const two = (value: number): string => String(value).padStart(2, '0')
    const day = `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`
    const stem = join(folder, `${day}T${two(now.getHours())}-${two(now.getMinutes())}-${two(now.getSeconds())}`)
    const end = purpose === 'recording' ? '.parley' : `.${purpose}.parley`
    for (let count = 1; ; count++) {
      const path = `${stem}${count === 1 ? '' : `-${count}`}${end}`
      if ([path, bodyFileOf(path)].every(file => !statSync(file, { throwIfNoEntry: false }))) return path
    }
  })
}

/** The captures of a folder that Parley named itself, newest first. */
export function listCaptures(folder: string = captureFolder()): string[] {
  if (!statSync(folder, { throwIfNoEntry: false })) return []
  const found = readdirSync(folder, { withFileTypes: true })
    .filter(entry => entry.isFile() && name.test(entry.name))
    .map(entry => join(folder, entry.name))
  const age = new Map(found.map(path => [path, statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0]))
  return found.sort((a, b) => age.get(b)! - age.get(a)! || (a < b ? 1 : -1))
}

/**
 * Deletes captures of a folder that are too old, and the oldest of those that together are too large; recordings and
 * traces each by their own rule, the newest few never. Never deletes one that holds a mark or a comment, one of
 * `parley record`, one that a process has open, nor a file with a name of somebody's choice. Answers with what it deleted.
 */
export function pruneCaptures(folder: string = captureFolder(), now = Date.now(), rules = keeping): string[] {
  const all = listCaptures(folder)
  const captures = (['recording', 'trace'] as const).flatMap(purpose => {
    const own = all.filter(path => purposeOf(path) === purpose)
    const deleted = tooMany(own, now, rules[purpose]).filter(path => !hasNotes(path) && !isOpen(path))
    for (const path of deleted) removeCapture(path)
    return deleted
  })
  return [...captures, ...pruneBodies(folder, now, rules)]
}

/** Deletes bodies whose capture is gone, when they are old: nobody can read them. */
function pruneBodies(folder: string, now: number, rules: typeof keeping): string[] {
  if (!statSync(folder, { throwIfNoEntry: false })) return []
  const entries = readdirSync(folder, { withFileTypes: true })
  const names = new Set(entries.map(entry => entry.name))
  const alone = entries.filter(entry => {
    const capture = entry.name.replace(/-bodies$/, '')
    return entry.isFile() && entry.name !== capture && name.test(capture) && !names.has(capture)
  })
  const deleted = alone
    .map(entry => join(folder, entry.name))
    .filter(path => {
      const purpose = purposeOf(path.replace(/-bodies$/, ''))
      const { mtimeMs } = statSync(path, { throwIfNoEntry: false }) ?? { mtimeMs: now }
      return purpose !== 'record' && now - mtimeMs > rules[purpose].days * msOfDay
    })
  for (const path of deleted) rmSync(path, { force: true })
  return deleted
}

/** Those of `paths`, newest first, that a rule gives up. */
function tooMany(paths: readonly string[], now: number, { newest, days, bytes }: KeepingRule): string[] {
  let sum = 0
  return paths.filter((path, index) => {
    const { size, mtimeMs } = statSync(path, { throwIfNoEntry: false }) ?? { size: 0, mtimeMs: now }
    sum += size + (statSync(bodyFileOf(path), { throwIfNoEntry: false })?.size ?? 0)
    return index >= newest && (sum > bytes || now - mtimeMs > days * msOfDay)
  })
}

/** Without changing anything about the file; true where that cannot be known. */
function hasNotes(path: string): boolean {
  const isAlone = statSync(`${path}-wal`, { throwIfNoEntry: false }) === undefined
  try {
    const name = isAlone ? `${pathToFileURL(path).href}?immutable=1` : path
    const database = new DatabaseSync(name, { readOnly: true, timeout: 0, defensive: true })
    try {
      return database.prepare('SELECT 1 FROM notes LIMIT 1').get() !== undefined
    } finally {
      database.close()
    }
  } catch (error) {
    return !/no such table/.test((error as Error).message) // an older Parley's, or an empty file
  }
}

/** With its bodies, -wal and -shm; itself last, as what is left without it would be found by nobody. */
export function removeCapture(path: string): void {
  for (const file of [bodyFileOf(path), `${path}-wal`, `${path}-shm`, path]) rmSync(file, { force: true })
}

/** Leaving write-ahead mode needs the file alone: SQLite refuses while any connection, in any process, has it open. */
export function isOpen(path: string): boolean {
  try {
    const database = new DatabaseSync(path, { timeout: 0 })
    try {
      const alone = database.prepare('PRAGMA journal_mode = DELETE').get()?.journal_mode === 'delete'
      if (alone) database.exec('PRAGMA journal_mode = WAL')
      return !alone
    } finally {
      database.close()
    }
  } catch (error) {
    const primary = ((error as { errcode?: number }).errcode ?? 0) & 0xff
    return primary === 5 || primary === 6 // busy, locked; a damaged file is not open
  }
}

/** Bytes that may still be written where a file lies; 0 where that is not known. */
export function roomBeside(path: string): number {
  try {
    const { bavail, bsize } = statfsSync(dirname(path))
    return bavail * bsize
  } catch {
    return 0
  }
}
