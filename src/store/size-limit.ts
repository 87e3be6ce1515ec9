import type { DatabaseSync, StatementSync } from 'node:sqlite'
import { roomBeside } from './capture-files.ts'
import { StoreError } from './store-error.ts'

const bodyShare = 0.75 // of `maxBytes`: 2 GB leave room for the rows of some hundred thousand flows
const roomToResume = 16 * 1024 * 1024 // bytes

/** How large both files of a capture may become together: bodies may fill three quarters of that, the rest is for rows. */
export class SizeLimit {
  readonly #database: DatabaseSync
  readonly #path: string
  readonly #maxBytes: number
  readonly #room: (path: string) => number
  readonly #pages: StatementSync
  /** Bytes when they were measured last, and of bodies since. */
  #used = 0
  #added = 0

  /** `room` says how many bytes can still be written beside a file. */
  constructor(database: DatabaseSync, path: string, maxBytes = Number.POSITIVE_INFINITY, room = roomBeside) {
    this.#database = database
    this.#path = path
    this.#maxBytes = maxBytes
    this.#room = room
    this.#pages = database.prepare(
      `SELECT page_count - freelist_count AS pages, page_size AS pageSize
        FROM pragma_page_count, pragma_freelist_count, pragma_page_size`,
    )
    this.measure(0)
  }

  get keepsBodies(): boolean {
    return this.#used + this.#added < this.#maxBytes * bodyShare
  }

  /** Whether what ended for want of room may go on. */
  get hasRoom(): boolean {
    return this.#room(this.#path) >= roomToResume
  }

  /** Bytes of bodies that are being written. */
  add(bytes: number): void {
    this.#added += bytes
  }

  /** Looks again, and leaves the database what `bodyBytes` of the other file leave. Not within a transaction. */
  measure(bodyBytes: number): void {
    if (this.#maxBytes === Number.POSITIVE_INFINITY) return
    const { pages, pageSize } = this.#pages.get() as { pages: number; pageSize: number }
    this.#used = pages * pageSize + bodyBytes
    this.#added = 0
    const most = Math.max(1, Math.floor((this.#maxBytes - bodyBytes) / pageSize))
    this.#database.exec(`PRAGMA max_page_count = ${most}`)
  }

  /** The error with its right name: SQLite says of its own limit, too, that the disk is full. */
  named(error: unknown): unknown {
    if (!(error instanceof StoreError) || error.code !== 'store/disk-full') return error
    const bySqlite = (error.cause as { errcode?: number } | undefined)?.errcode !== undefined
    if (!bySqlite || this.#maxBytes === Number.POSITIVE_INFINITY || !this.hasRoom) return error
    return new StoreError('store/disk-limit', this.#path, error.cause)
  }
}
