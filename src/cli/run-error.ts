/** An engine or recorder that could not start, by Node's code: EADDRINUSE, EACCES, `ca/…`, `store/…`, `script/…`. */
export class RunError extends Error {
  readonly code: string
  readonly remedy?: string
  constructor(code: string, message: string, remedy?: string) {
    super(message)
    this.code = code
    if (remedy !== undefined) this.remedy = remedy
  }
}
