import type { Blamed } from '../../model/party.ts'

/** What a code of a problem means, for a person. */
export interface Failure {
  /** A clause that begins a message: lower case but for names, no full stop. */
  readonly cause: string
  /** Whose fault it is unless the evidence says otherwise; absent where it is that of whoever sent the bytes. */
  readonly blame?: Blamed
  /** Absent where the cause says all that there is to do. */
  readonly remedy?: string
  /** The remedy in a few words, for a row of a list. */
  readonly brief?: string
  /** The engine knew an alert but not what came before it, or only that a socket closed: proof takes its place. */
  readonly guess?: true
  /** Of the HTTP response that tells a client; 502 (bad gateway) where absent. */
  readonly status?: number
}

/** Failures by the code of their problem. */
export type Failures = Readonly<Record<string, Failure>>
