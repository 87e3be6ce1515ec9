import { closeSync, constants, fstatSync, openSync, writeSync } from 'node:fs'
import { holdsCapture } from '../../store/kept-file.ts'

export interface KeyLogError {
  /** Of Node: ENOSPC. */
  readonly code: string
  readonly message: string
}

export interface KeyLogFile {
  write(line: string): void
  close(): void
}

/**
 * The file of --keylog, for Wireshark; lines go behind what is in it. Throws a KeyLogError where it cannot be opened, and where
 * what is there is not a file of the user's own that nobody else may open: who reads it reads every connection.
 * Where it cannot be written any more it is given up and `failed` is told once: the recording goes on.
 */
export function openKeyLogFile(path: string, failed: (error: KeyLogError) => void): KeyLogFile {
  let file: number | undefined = open(path)
  const close = (): void => {
    if (file !== undefined) closeSync(file)
    file = undefined
  }
  return {
    close,
    write(line) {
      if (file === undefined) return
      try {
        writeSync(file, `${line}\n`)
      } catch (error) {
        close()
        failed(named(error, `--keylog: ${path} cannot be written any more`))
      }
    },
  }
}

const { O_APPEND, O_CREAT, O_NOFOLLOW = 0, O_NONBLOCK = 0, O_WRONLY } = constants // Windows has no links to follow

function open(path: string): number {
  let file: number | undefined
  try {
    if (holdsCapture(path)) throw new Refused(`--keylog: ${path} holds a capture`)
    file = openSync(path, O_APPEND | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_WRONLY, 0o600)
    refuseOthers(path, file)
    return file
  } catch (error) {
    if (file !== undefined) closeSync(file)
    if (error instanceof Refused) throw error
    if ((error as NodeJS.ErrnoException).code === 'ELOOP') throw new Refused(`--keylog: ${path} is a symbolic link`)
    const { code, message } = named(error, `--keylog: ${path} cannot be written`)
    throw Object.assign(new Error(message), { code })
  }
}

class Refused extends Error {
  readonly code = 'keylog/refused'
}

function refuseOthers(path: string, file: number): void {
  const info = fstatSync(file)
  if (info.isCharacterDevice()) return // the system's, and keeps nothing
  if (!info.isFile()) throw new Refused(`--keylog: ${path} is no file`)
  if (process.platform === 'win32') return
  const mode = info.mode & 0o777
  if (info.uid !== process.getuid!()) throw new Refused(`--keylog: ${path} belongs to another user`)
  if ((mode & 0o077) !== 0)
    throw new Refused(`--keylog: others may open ${path} (mode 0${mode.toString(8)}); run "chmod 600" on it`)
}

function named(error: unknown, what: string): KeyLogError {
  const { code = 'error' } = error as NodeJS.ErrnoException
  return { code, message: `${what} (${code})` }
}
