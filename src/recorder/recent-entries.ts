import type { Entry } from './exchange-book.ts'

interface Recent {
  readonly key: number
  readonly entry: Entry
}

/** Exchanges that have ended, the last of them, of which something may yet be told. */
export class RecentEntries {
  readonly #most: number
  readonly #kept: Recent[] = []
  #next = 0

  constructor(most: number) {
    this.#most = most
  }

  get(key: number): Entry | undefined {
    return this.#kept.find(each => each.key === key)?.entry
  }

  /** Answers with the one that had to go. */
  add(key: number, entry: Entry): Recent | undefined {
    const gone = this.#kept[this.#next]
    this.#kept[this.#next] = { key, entry }
    this.#next = (this.#next + 1) % this.#most
    return gone
  }

  values(): readonly Entry[] {
    return this.#kept.map(({ entry }) => entry)
  }
}
