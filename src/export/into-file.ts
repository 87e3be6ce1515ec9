import { closeSync, fsyncSync, openSync, renameSync, rmSync, statSync, writeSync } from 'node:fs'
import { refuseKeptFile } from '../store/kept-file.ts'

const atOnce = 256 * 1024 // bytes or characters

/**
 * Writes a file of the person's alone, mode 0600. It takes the place of what was there when it is whole; until then, and
 * where it fails, that stays as it was. A device or a pipe is written to as it is.
 * @param pause awaited between pieces, so that others get their turn
 * Throws what the pieces throw, KeptFileError where a capture is, and Node's errors: ENOSPC, EACCES.
 */
export async function intoFile(
  path: string,
  pieces: Iterable<string | Uint8Array>,
  pause: () => Promise<void> = async () => {},
): Promise<void> {
  if (isNoFile(path)) return writePieces(path, 'w', pieces, pause)
  refuseKeptFile(path)
  const beside = `${path}.${process.pid}-${Date.now().toString(36)}.part`
  try {
    await writePieces(beside, 'wx', pieces, pause)
    renameSync(beside, path)
  } catch (error) {
    rmSync(beside, { force: true })
    throw error
  }
}

const isNoFile = (path: string): boolean => {
  const there = statSync(path, { throwIfNoEntry: false })
  return there !== undefined && !there.isFile() && !there.isDirectory()
}

async function writePieces(
  path: string,
  flag: 'w' | 'wx',
  pieces: Iterable<string | Uint8Array>,
  pause: () => Promise<void>,
): Promise<void> {
  const file = openSync(path, flag, 0o600)
  try {
    for (const piece of gathered(pieces)) {
      writeAll(file, piece)
      await pause()
    }
    if (flag === 'wx') fsyncSync(file)
  } finally {
    closeSync(file)
  }
}

function writeAll(file: number, piece: string | Uint8Array): void {
  const bytes = typeof piece === 'string' ? Buffer.from(piece) : piece
  for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at)
}

/** The same, small pieces joined. */
export function* gathered(pieces: Iterable<string | Uint8Array>): Generator<string | Uint8Array> {
  let waiting: (string | Uint8Array)[] = []
  let length = 0
  for (const piece of pieces) {
    waiting.push(piece)
    length += piece.length
    if (length < atOnce) continue
    yield joined(waiting)
    waiting = []
    length = 0
  }
  if (length > 0) yield joined(waiting)
}

const joined = (pieces: readonly (string | Uint8Array)[]): string | Uint8Array =>
  pieces.every(piece => typeof piece === 'string')
    ? pieces.join('')
    : Buffer.concat(pieces.map(piece => (typeof piece === 'string' ? Buffer.from(piece) : piece)))
