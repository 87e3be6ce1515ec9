import { closeSync, ftruncateSync, lstatSync, openSync, rmSync, writeSync } from 'node:fs'
import type { DatabaseSync } from 'node:sqlite'
import type { ExchangeId } from '../model/exchange.ts'
import { bodyFileHeader, bodyFileOf, bodyFileStart } from './body-file.ts'
import { bodySides } from './codes.ts'
import { StoreError } from './store-error.ts'

/** Bytes of a body that lie together; `offset` counts in the body, `place` in what holds them. */
interface Piece {
  readonly exchange: ExchangeId
  /** By its number in codes.ts. */
  readonly side: number
  readonly offset: number
  readonly place: number
  length: number
}

const gatheredBytes = 256 * 1024 // larger ones leave the processor's cache before they are written

/**
 * Appends bodies to the file beside a capture and tells the database where they lie. The bytes are in the file before the
 * transaction that knows of them ends: what was committed is there after a kill, what was not is written over or ignored.
 * Nothing is synced, so a power cut may take bodies of the last seconds of which the database knows.
 */
export class BodyWriter {
  readonly #path: string
  readonly #file: number
  readonly #know
  readonly #gathered = Buffer.allocUnsafeSlow(gatheredBytes)
  #ordered: Buffer | undefined
  #filled = 0
  /** What was gathered, and what of it lies in the file but not in the database yet. */
  #pieces: Piece[] = []
  #written: Piece[] = []
  #end = bodyFileStart

  /** Makes the file, for its owner alone; the capture's own row must be there. Throws what the file system throws. */
  constructor(database: DatabaseSync, path: string) {
    this.#path = bodyFileOf(path)
    const { id } = database.prepare('UPDATE capture SET body_file = randomblob(16) RETURNING body_file AS id').get()!
    this.#know = database.prepare('INSERT OR REPLACE INTO body_parts VALUES (?, ?, ?, ?, ?)') // again, where a disk was full
    this.#file = openSync(this.#path, 'wx', 0o600)
    writeWhole(this.#file, bodyFileHeader(id as Uint8Array), 0)
  }

  /** Bytes of the file, those included that wait to be written. */
  get size(): number {
    return this.#end + this.#filled
  }

  /** The bytes are copied. */
  add(exchange: ExchangeId, side: number, offset: number, bytes: Uint8Array): void {
    const from = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length) // copies from shared memory as fast as from any
    for (let at = 0; at < from.length; ) {
      if (this.#filled === gatheredBytes) this.#write()
      const length = from.copy(this.#gathered, this.#filled, at)
      append(this.#pieces, { exchange, side, offset: offset + at, place: this.#filled, length })
      this.#filled += length
      at += length
    }
  }

  /** Writes what waits, and tells the database, in its open transaction, of everything that was written. */
  settle(): void {
    this.#write()
    for (const { exchange, side, offset, place, length } of this.#written)
      this.#know.run(exchange, side, offset, place, length)
    this.#written = []
  }

  /** Cuts off what failed half-way; a file without a body is taken away. */
  close(): void {
    ftruncateSync(this.#file, this.#end)
    closeSync(this.#file)
    if (this.#end === bodyFileStart) rmSync(this.#path, { force: true })
  }

  /** Bytes of one body lie together, also where several came at a time. What fails still waits, for the same place. */
  #write(): void {
    if (this.#filled === 0) return
    const bodies = Map.groupBy(this.#pieces, ({ exchange, side }) => exchange * bodySides.length + side)
    const sorted = bodies.size < this.#pieces.length ? [...bodies.values()].flat() : this.#pieces
    const bytes = sorted === this.#pieces ? this.#gathered : this.#order(sorted)
    writeWhole(this.#file, bytes.subarray(0, this.#filled), this.#end)
    this.#filled = 0
    this.#pieces = []
    for (const piece of sorted) {
      append(this.#written, { ...piece, place: this.#end })
      this.#end += piece.length
    }
  }

  #order(pieces: readonly Piece[]): Buffer {
    this.#ordered ??= Buffer.allocUnsafeSlow(gatheredBytes)
    let at = 0
    for (const { place, length } of pieces) at += this.#gathered.copy(this.#ordered, at, place, place + length)
    return this.#ordered
  }
}

/** Throws StoreError where bodies of another capture lie there: the capture of that name was deleted, or moved, alone. */
export function refuseOtherBodies(path: string): void {
  const file = bodyFileOf(path)
  if (lstatSync(file, { throwIfNoEntry: false })) throw new StoreError('store/exists', file)
}

/** One piece with the last one, where it goes on there. */
function append(pieces: Piece[], piece: Piece): void {
  const last = pieces.at(-1)
  const { exchange, side, offset, place, length } = piece
  const goesOn =
    last?.exchange === exchange &&
    last.side === side &&
    last.offset + last.length === offset &&
    last.place + last.length === place
  if (goesOn) last.length += length
  else pieces.push(piece)
}

function writeWhole(file: number, bytes: Uint8Array, place: number): void {
  for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at, bytes.length - at, place + at)
}
