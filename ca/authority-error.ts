/** What can be wrong with the authority, in a word a program can match. */
export type AuthorityErrorCode =
  | 'ca/cannot-create'
  | 'ca/cannot-read'
  | 'ca/loose-mode'
  | 'ca/not-yours'
  | 'ca/incomplete'
  | 'ca/corrupt'
  | 'ca/mismatch'
  | 'ca/expired'
  | 'ca/host'
  | 'ca/outside'

/** The authority cannot do what was asked. The message names the file (or host) and the remedy. */
export class AuthorityError extends Error {
  readonly code: AuthorityErrorCode
  readonly remedy: string

  constructor(code: AuthorityErrorCode, message: string, remedy: string, cause?: unknown) {
    super(`${message}; ${remedy}`, cause === undefined ? undefined : { cause })
    this.name = 'AuthorityError'
    this.code = code
    this.remedy = remedy
  }
}

/** A path as one word of a POSIX shell, so that a remedy can be pasted as it stands. */
export function shellWord(path: string): string {
  return /^[\w@%+=:,./-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`
}
