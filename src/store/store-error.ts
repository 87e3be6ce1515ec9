/** A capture file that cannot be made, read or written, with what to do about it. */
export class StoreError extends Error {
  readonly code: StoreErrorCode
  readonly remedy: string
  constructor(code: StoreErrorCode, message: string, options: { remedy?: string; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.name = 'StoreError'
    this.code = code
    this.remedy = options.remedy ?? remedies[code]
  }
}

export type StoreErrorCode = keyof typeof remedies

const remedies = {
  'store/disk-full':
    'Free some space, or name a file on another disk with --capture; what was recorded so far can be opened.',
  'store/disk-limit': 'Start again with a higher --disk-limit; what was recorded so far can be opened.',
  'store/locked': 'Another program holds the file; close it, or save to another file.',
  'store/read-only': 'Check who owns the file and its folder, or save to another folder.',
  'store/cannot-open': 'Check the path, and that you may read the file and its folder.',
  'store/cannot-make': 'Name a file in a folder that you may write to with --capture.',
  'store/missing': 'Check the path; parley open without one lists the captures that there are.',
  'store/exists': 'Choose another name, or remove the file first.',
  'store/not-a-capture': 'Open a file that Parley wrote; parley open without a path lists those that there are.',
  'store/newer': 'Update Parley.',
  'store/damaged': 'Copy the file with its -wal and -shm beside it, or recover it with sqlite3 FILE .recover.',
  'store/io': 'Check the disk; the system could not read or write the file.',
  'store/id-taken': 'This is a defect in Parley; please report it.',
} as const

// https://sqlite.org/rescode.html, primary result codes
const bySqliteCode: Readonly<Record<number, readonly [StoreErrorCode, string]>> = {
  5: ['store/locked', 'is locked by another program'],
  6: ['store/locked', 'is locked'],
  8: ['store/read-only', 'cannot be written'],
  10: ['store/io', 'could not be read or written'],
  11: ['store/damaged', 'is damaged'],
  13: ['store/disk-full', 'cannot grow: the disk is full'],
  14: ['store/cannot-open', 'cannot be opened'],
  26: ['store/not-a-capture', 'is not a Parley capture'],
}

const byErrno: Readonly<Record<string, readonly [StoreErrorCode, string]>> = {
  EEXIST: ['store/exists', 'exists already'],
  ENOENT: ['store/cannot-make', 'cannot be made there'],
  ENOTDIR: ['store/cannot-make', 'cannot be made: a part of its path is a file, not a folder'],
  ENOSPC: ['store/disk-full', 'cannot be made: the disk is full'],
  EDQUOT: ['store/disk-full', 'cannot be made: your quota is used up'],
  EACCES: ['store/read-only', 'is not open to you'],
  EPERM: ['store/read-only', 'is not open to you'],
  EROFS: ['store/read-only', 'is on a read-only file system'],
}

/** SQLite's and the file system's errors as StoreError; anything else, a defect, as it is. */
export function storeError(cause: unknown, path: string): unknown {
  if (cause instanceof StoreError || !(cause instanceof Error)) return cause
  const { errcode, code, syscall } = cause as { errcode?: number; code?: string; syscall?: string }
  const inTheWay = code === 'EEXIST' && syscall === 'mkdir' // a file where a folder should be
  const known =
    typeof errcode === 'number' ? bySqliteCode[errcode & 0xff] : byErrno[inTheWay ? 'ENOTDIR' : (code ?? '')]
  if (known) return new StoreError(known[0], `${path} ${known[1]}`, { cause })
  return typeof errcode === 'number' ? new StoreError('store/io', `${path}: ${cause.message}`, { cause }) : cause
}

/** Runs `work`; what it throws comes out as storeError says. */
export function withStoreErrors<Result>(path: string, work: () => Result): Result {
  try {
    return work()
  } catch (cause) {
    throw storeError(cause, path)
  }
}
