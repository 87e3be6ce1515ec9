import type { Party } from '../../model/party.ts'

/** What a code of a problem means, for a person. */
export interface Failure {
  readonly cause: string
  readonly blame: Party
  /** What to look at to be sure. */
  readonly evidence: string
  readonly remedy: string
}

/** Failures by the code of their problem. */
export type Failures = Readonly<Record<string, Failure>>
