import { closeSync, openSync, writeSync } from 'node:fs'

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
 * The file of --keylog, for Wireshark; lines go behind what is in it. Throws a KeyLogError where it cannot be opened.
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

function open(path: string): number {
  try {
    return openSync(path, 'a', 0o600)
  } catch (error) {
    const { code, message } = named(error, `--keylog: ${path} cannot be written`)
    throw Object.assign(new Error(message), { code })
  }
}

function named(error: unknown, what: string): KeyLogError {
  const { code = 'error' } = error as NodeJS.ErrnoException
  return { code, message: `${what} (${code})` }
}
