import { closeSync, openSync, readSync, statSync } from 'node:fs'
import { bodiesMagic } from './body-file.ts'

const beginnings = [Buffer.from('SQLite format 3\0'), bodiesMagic]

/** Somebody asked to write what is not a capture over one. */
export class KeptFileError extends Error {
  constructor(path: string) {
    super(`${path} holds a capture, over which nothing is written: give another name`)
    this.name = 'KeptFileError'
  }
}

/** Throws KeptFileError where a capture is, or the bodies of one; what cannot be read is none. */
export function refuseKeptFile(path: string): void {
  if (holdsCapture(path)) throw new KeptFileError(path)
}

/** Whether a capture is there, or the bodies of one. */
export function holdsCapture(path: string): boolean {
  if (!statSync(path, { throwIfNoEntry: false })?.isFile()) return false
  const first = Buffer.alloc(16)
  try {
    const file = openSync(path, 'r')
    try {
      readSync(file, first, 0, first.length, 0)
    } finally {
      closeSync(file)
    }
  } catch {
    return false
  }
  return beginnings.some(beginning => first.equals(beginning))
}
