import { closeSync, constants, fstatSync, lstatSync, openSync, readSync, realpathSync } from 'node:fs'
import { type Problem, problemOf } from '../problem/problem.ts'

/**
 * Large bodies lie in a file beside the database, one after the other as they came; where, the database says. Its name
 * is the capture's with an end, as SQLite's own -wal: who copies, moves or deletes NAME.parley* has all of the capture.
 */
export const bodyFileOf = (path: string): string => `${path}-bodies`

/** The one to read: beside the file that a link leads to, where SQLite looks too. */
export const bodyFileBeside = (path: string): string =>
  bodyFileOf(lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() ? realpathSync(path) : path)

/** What a file of bodies begins with, 16 bytes. */
export const bodiesMagic = Buffer.from('Parley bodies 1\n')
const idBytes = 16
/** Bytes before the first body. */
export const bodyFileStart = bodiesMagic.length + idBytes

/** The beginning of the file; `id` also stands in the database, so that no other capture's bodies are read for this one's. */
export const bodyFileHeader = (id: Uint8Array): Uint8Array => Buffer.concat([bodiesMagic, id])

/** Reads bodies that lie beside a capture. The file is somebody else's word: missing, cut, foreign, it gives no byte. */
export class BodyFile {
  readonly path: string
  readonly #id: unknown
  #opened: number | undefined
  /** Bytes of it when it was looked at last: it grows alone. */
  #known = 0

  /** `id` as the database has it. */
  constructor(capturePath: string, id: unknown) {
    this.path = bodyFileBeside(capturePath)
    this.#id = id
  }

  /** How many bytes the file has; a Problem where it is not there, or not this capture's. */
  size(): number | Problem {
    try {
      this.#opened ??= openRegular(this.path, this.#id)
      return fstatSync(this.#opened).size
    } catch (error) {
      const code = error instanceof Foreign ? 'store/bodies-foreign' : 'store/bodies-missing'
      return problemOf(code, { detail: `${this.path}: ${(error as Error).message.replace(/, \w+ '.*/s, '')}` })
    }
  }

  /** Of `length` bytes from `place` on, how many are there. */
  bytesAt(place: number, length: number): number {
    if (place < bodyFileStart) return 0
    if (place + length > this.#known) {
      const size = this.size()
      this.#known = typeof size === 'number' ? size : 0
    }
    return Math.max(0, Math.min(length, this.#known - place))
  }

  /** Of the bytes from `place` on as many as are there. Waits for nothing but the disk. */
  read(place: number, length: number): Uint8Array {
    const there = this.bytesAt(place, length)
    return there === 0 ? new Uint8Array() : readAt(this.#opened!, place, there)
  }

  close(): void {
    if (this.#opened !== undefined) closeSync(this.#opened)
    this.#opened = undefined
  }
}

class Foreign extends Error {}

/** Follows no link, and waits for no pipe's other end. */
function openRegular(path: string, id: unknown): number {
  if (!lstatSync(path).isFile()) throw new Foreign('it is no regular file')
  const { O_RDONLY, O_NOFOLLOW = 0, O_NONBLOCK = 0 } = constants
  const opened = openSync(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK)
  try {
    const isOurs = fstatSync(opened).isFile() && id instanceof Uint8Array && id.length === idBytes
    if (!isOurs || !readAt(opened, 0, bodyFileStart).equals(bodyFileHeader(id)))
      throw new Foreign('it is not the one of this capture')
    return opened
  } catch (error) {
    closeSync(opened)
    throw error
  }
}

function readAt(opened: number, place: number, length: number): Buffer {
  const bytes = Buffer.allocUnsafe(length)
  let at = 0
  for (let count = -1; count !== 0 && at < length; at += count)
    count = readSync(opened, bytes, at, length - at, place + at)
  return bytes.subarray(0, at)
}
