/** What is told in order, at once or when it is sure that it is to be told. */
export class Withheld {
  #waiting: (() => void)[] | undefined = []

  /** Whether what is told has to be kept: who tells it keeps bytes that may be used again. */
  get isKeeping(): boolean {
    return this.#waiting !== undefined
  }

  tell(what: () => void): void {
    if (this.#waiting) this.#waiting.push(what)
    else what()
  }

  /** Tells what waits, and from here on all at once. */
  release(): void {
    const waiting = this.#waiting
    this.#waiting = undefined
    for (const tell of waiting ?? []) tell()
  }
}
