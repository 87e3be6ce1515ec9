import type { storeFailures } from '../problem/catalogue/store-failures.ts'
import { problemOf } from '../problem/problem.ts'
import { ShapeError } from './shape.ts'

export type StoreErrorCode = keyof typeof storeFailures

/** A capture file that cannot be made, read or written, with what to do about it. */
export class StoreError extends Error {
  readonly code: StoreErrorCode
  readonly remedy: string
  constructor(code: StoreErrorCode, detail: string, cause?: unknown) {
    const { message, remedy = '' } = problemOf(code, { detail })
    super(message, cause === undefined ? undefined : { cause })
    this.name = 'StoreError'
    this.code = code
    this.remedy = remedy
  }
}

// https://sqlite.org/rescode.html, primary result codes
const bySqliteCode: Readonly<Record<number, StoreErrorCode>> = {
  5: 'store/locked',
  6: 'store/locked',
  8: 'store/read-only',
  10: 'store/io',
  11: 'store/damaged',
  13: 'store/disk-full',
  14: 'store/cannot-open',
  18: 'store/damaged', // a value over the limit: see open-database.ts
  26: 'store/not-a-capture',
}

const partIsFile = 'a part of its path is a file, not a folder'
const byErrno: Readonly<Record<string, readonly [code: StoreErrorCode, why?: string]>> = {
  EEXIST: ['store/exists'],
  ENOENT: ['store/cannot-make'],
  ENOTDIR: ['store/cannot-make', partIsFile],
  ENOSPC: ['store/disk-full'],
  EDQUOT: ['store/disk-full', 'your quota is used up'],
  EFBIG: ['store/disk-full', 'no file may be that large there'],
  EACCES: ['store/read-only'],
  EPERM: ['store/read-only'],
  EROFS: ['store/read-only', 'the file system is read-only'],
}

/** SQLite's and the file system's errors as StoreError; anything else, a defect, as it is. */
export function storeError(cause: unknown, path: string): unknown {
  if (cause instanceof StoreError || !(cause instanceof Error)) return cause
  const { errcode, code = '', syscall } = cause as { errcode?: number; code?: string; syscall?: string }
  if (typeof errcode === 'number') {
    const known = bySqliteCode[errcode & 0xff]
    return known ? new StoreError(known, path, cause) : new StoreError('store/io', `${path}: ${cause.message}`, cause)
  }
  const inTheWay = code === 'EEXIST' && syscall === 'mkdir' // a file where a folder should be
  const [known, why] = byErrno[inTheWay ? 'ENOTDIR' : code] ?? []
  if (known) return new StoreError(known, why ? `${path}: ${why}` : path, cause)
  return syscall ? new StoreError('store/io', `${path}: ${cause.message}`, cause) : cause
}

/** The same while a capture is read: what does not parse, or is not what Parley writes, means a damaged file. */
export function readingError(cause: unknown, path: string): unknown {
  if (cause instanceof ShapeError) return new StoreError('store/damaged', `${path}: ${cause.message}`, cause)
  if (cause instanceof SyntaxError || cause instanceof TypeError || cause instanceof RangeError)
    return new StoreError('store/damaged', path, cause)
  return storeError(cause, path)
}

/** Runs `work`; what it throws comes out as storeError says. */
export function withStoreErrors<Result>(path: string, work: () => Result): Result {
  try {
    return work()
  } catch (cause) {
    throw storeError(cause, path)
  }
}
