/** What something is for, in plain words. */
export interface Explanation {
  /** One to three sentences. */
  readonly text: string
  /** Where it is defined: 'RFC 8446 4.1.2'. */
  readonly source: string
}

/** The texts of one language. */
export type Explain = (key: string) => Explanation | undefined
