/** An error whose message is for the person at the terminal: what happened, why, what to do. */
export class CliError extends Error {
  readonly exitCode: number
  readonly remedy?: string
  constructor(message: string, exitCode = 1, remedy?: string) {
    super(message)
    this.exitCode = exitCode
    if (remedy !== undefined) this.remedy = remedy
  }
}

/** Prints to stderr, prefixed. */
export function note(text: string): void {
  process.stderr.write(`parley: ${text}\n`)
}
