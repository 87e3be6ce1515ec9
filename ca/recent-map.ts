/** A map that keeps the `limit` entries which were used last. */
export class RecentMap<V> {
  #entries = new Map<string, V>() // in order of use: a Map iterates as it was filled
  #limit: number

  constructor(limit: number) {
    this.#limit = limit
  }

  /** The value, which counts as a use; undefined where there is none. */
  recall(key: string): V | undefined {
    const value = this.#entries.get(key)
    if (value === undefined) return undefined
    this.#entries.delete(key)
    this.#entries.set(key, value)
    return value
  }

  keep(key: string, value: V): void {
    this.#entries.delete(key)
    this.#entries.set(key, value)
    for (const oldest of this.#entries.keys()) {
      if (this.#entries.size <= this.#limit) break
      this.#entries.delete(oldest)
    }
  }

  forget(key: string): void {
    this.#entries.delete(key)
  }
}
