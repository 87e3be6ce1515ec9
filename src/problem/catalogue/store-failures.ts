import type { Failures } from './failure.ts'

/** What can go wrong with a capture file; the detail names it. */
export const storeFailures = {
  'store/disk-full': {
    cause: 'the disk is full',
    remedy: 'Free some space, or use another disk with --capture; what was recorded so far can be opened.',
  },
  'store/disk-limit': {
    cause: 'the capture has reached its --disk-limit',
    remedy: 'Start again with a higher --disk-limit; what was recorded so far can be opened.',
  },
  'store/near-limit': {
    cause: 'the capture is near its --disk-limit, so bodies are no longer kept',
    remedy: 'Start again with a higher --disk-limit.',
  },
  'store/locked': {
    cause: 'another program has the capture open',
    remedy: 'Close that program, or save to another file.',
  },
  'store/read-only': {
    cause: 'you may not write there',
    remedy: 'Check who owns the file and its folder, or save to another folder.',
  },
  'store/cannot-open': {
    cause: 'the capture cannot be opened',
    remedy: 'Check the path, and that you may read the file and its folder.',
  },
  'store/cannot-make': {
    cause: 'the capture cannot be made there',
    remedy: 'With --capture, name a file in a folder you may write to.',
  },
  'store/missing': {
    cause: 'there is no such capture',
    remedy: 'Check the path; parley open without a path lists the captures.',
  },
  'store/exists': {
    cause: 'the file already exists',
    remedy: 'Choose another name, or remove the file first.',
  },
  'store/not-a-capture': {
    cause: 'that is not a Parley capture',
    remedy: 'Open a file that Parley wrote; parley open without a path lists the captures.',
  },
  'store/newer': { cause: 'a newer Parley wrote the capture', remedy: 'Update Parley.' },
  'store/damaged': {
    cause: 'the capture is damaged',
    remedy: 'Copy the file with its -wal and -shm beside it, or recover it with sqlite3 FILE .recover.',
  },
  'store/bodies-missing': {
    cause: 'the file with the large bodies is not beside the capture, or may not be read',
    remedy: 'Put it there: it has the name of the capture with -bodies behind it.',
  },
  'store/bodies-foreign': {
    cause: 'what lies beside the capture is not the file with its large bodies',
    remedy: 'Put that file there: it has the name of the capture with -bodies behind it.',
  },
  'store/bodies-cut': {
    cause: 'the file with the large bodies is shorter than the capture says',
    remedy: 'Copy it again, after the capture itself.',
  },
  'store/io': {
    cause: 'the capture could not be read or written',
    remedy: 'Check the disk; the system could not read or write the file.',
  },
  'store/id-taken': {
    cause: 'two flows have the same number',
    remedy: 'This is a bug in Parley: report it with the capture file.',
  },
} as const satisfies Failures
