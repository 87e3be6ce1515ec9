/** Something that Parley did to an exchange because a person wanted it. */
export interface Act {
  /** What made it: a rule as it was written, `breakpoint`, `replay`. */
  readonly by: string
  /** What was done, in a few words: `set header x-parley`. */
  readonly did: string
  /** To which message; absent where it is to the exchange as a whole. */
  readonly side?: 'request' | 'response'
}
