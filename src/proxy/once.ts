/** Something that happens once at most. Of an AbortController Node keeps a good deal, and every connection needs two. */
export class Once {
  readonly #listeners = new Set<() => void>()
  #happened = false

  get happened(): boolean {
    return this.#happened
  }

  /** Calls back when it happens, the earlier ones first; never where it has happened. */
  on(listener: () => void): void {
    if (!this.#happened) this.#listeners.add(listener)
  }

  off(listener: () => void): void {
    this.#listeners.delete(listener)
  }

  happen(): void {
    if (this.#happened) return
    this.#happened = true
    const listeners = [...this.#listeners]
    this.#listeners.clear()
    for (const listener of listeners) listener()
  }
}
