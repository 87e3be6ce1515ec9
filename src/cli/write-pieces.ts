import { closeSync, openSync, renameSync, rmSync, writeSync } from 'node:fs'

const atOnce = 256 * 1024 // bytes

/**
 * Writes a file of the person's alone, which takes the place of what was there when it is whole; where that fails, nothing
 * has changed. Throws what the pieces throw, and Node's errors.
 */
export function writePieces(path: string, pieces: Iterable<Uint8Array>): void {
  const beside = `${path}.${process.pid}.part`
  const file = openSync(beside, 'wx', 0o600)
  try {
    try {
      for (const bytes of gathered(pieces)) writeWhole(file, bytes)
    } finally {
      closeSync(file)
    }
    renameSync(beside, path)
  } catch (error) {
    rmSync(beside, { force: true })
    throw error
  }
}

function* gathered(pieces: Iterable<Uint8Array>): Generator<Uint8Array> {
  let waiting: Uint8Array[] = []
  let length = 0
  for (const piece of pieces) {
    waiting.push(piece)
    length += piece.length
    if (length < atOnce) continue
    yield Buffer.concat(waiting, length)
    waiting = []
    length = 0
  }
  yield Buffer.concat(waiting, length)
}

function writeWhole(file: number, bytes: Uint8Array): void {
  for (let from = 0; from < bytes.length; ) from += writeSync(file, bytes, from)
}
