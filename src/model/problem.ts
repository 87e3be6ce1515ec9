import type { Party } from './party.ts'

/** Who failed, in a word a program can match. */
export interface Problem {
  /** `area/what`, such as `tls/client-rejected-leaf`. */
  readonly code: string
  readonly blame: Party
  /** What happened and why, in one sentence. */
  readonly message: string
  /** What to do about it. */
  readonly remedy?: string
}
