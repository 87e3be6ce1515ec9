import { chmodSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { withStoreErrors } from './store-error.ts'

const kept = 20
const name = /^\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d(?:-\d+)?\.parley$/

/** Where captures go when no file is named. */
export function captureFolder(
  environment: Readonly<Record<string, string | undefined>> = process.env,
  platform: string = process.platform,
  home: string = homedir(),
): string {
  return join(dataFolder(environment, platform, home), 'parley', 'captures')
}

function dataFolder(environment: Readonly<Record<string, string | undefined>>, platform: string, home: string): string {
  const { XDG_DATA_HOME: xdg, LOCALAPPDATA: local } = environment
  if (xdg?.startsWith('/')) return xdg // the XDG specification says to ignore a relative one
  if (platform === 'darwin') return join(home, 'Library', 'Application Support')
  if (platform === 'win32') return local || join(home, 'AppData', 'Local')
  return join(home, '.local', 'share')
}

/** The path for a new capture, named by the local time; makes the folder with mode 0700. Makes no file. */
export function newCapturePath(folder: string = captureFolder(), now: Date = new Date()): string {
  return withStoreErrors(folder, () => {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    chmodSync(folder, 0o700)
    const two = (value: number): string => String(value).padStart(2, '0')
    const day = `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`
    const stem = join(folder, `${day}T${two(now.getHours())}-${two(now.getMinutes())}-${two(now.getSeconds())}`)
    for (let count = 1; ; count++) {
      const path = count === 1 ? `${stem}.parley` : `${stem}-${count}.parley`
      if (!statSync(path, { throwIfNoEntry: false })) return path
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
 * Deletes all but the newest captures of a folder, with their -wal and -shm; never one that a process has open, nor a
 * file with a name of somebody's choice. Answers with what it deleted.
 */
export function pruneCaptures(folder: string = captureFolder(), keep: number = kept): string[] {
  const old = listCaptures(folder)
    .slice(keep)
    .filter(path => !isOpen(path))
  for (const path of old) removeCapture(path)
  return old
}

/** With its -wal and -shm. */
export function removeCapture(path: string): void {
  for (const end of ['', '-wal', '-shm']) rmSync(path + end, { force: true })
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
