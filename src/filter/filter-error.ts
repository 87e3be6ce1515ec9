/** A filter that cannot be read. `position` counts UTF-16 units from the start of its text. */
export class FilterError extends Error {
  readonly position: number
  /** What would have been right there, for a person. */
  readonly expected: string
  readonly found: string
  constructor(position: number, expected: string, found: string) {
    super(`expected ${expected} at ${position + 1}, found ${found}`)
    this.name = 'FilterError'
    this.position = position
    this.expected = expected
    this.found = found
  }
}
