import type { Leaf } from './leaf.ts'
import { RecentMap } from './recent-map.ts'

interface Entry {
  readonly promise: Promise<Leaf>
  /** Absent while the leaf is being minted. */
  minted?: { readonly leaf: Leaf; readonly staleAt: number }
}

const day = 86_400_000

/** Leaves by key: the most recently asked for, until a day before they end. Those who ask together wait for one minting. */
export class LeafCache {
  #entries: RecentMap<Entry>
  #now: () => number

  /** `limit` in leaves; `now` gives ms since the epoch. */
  constructor(limit = 1000, now: () => number = Date.now) {
    this.#entries = new RecentMap(limit)
    this.#now = now
  }

  /** Rejects as `mint` does; a failure is not remembered. */
  leafFor(key: string, mint: () => Promise<Leaf>): Promise<Leaf> {
    const known = this.#entries.recall(key)
    if (known && (!known.minted || this.#now() < known.minted.staleAt)) {
      if (known.minted) known.minted.leaf.minted = false
      return known.promise
    }
    const promise = mint()
    const entry: Entry = { promise }
    this.#entries.keep(key, entry)
    promise.then(
      leaf => {
        entry.minted = { leaf, staleAt: staleAt(leaf.notAfter.getTime(), this.#now()) }
      },
      () => {
        if (this.#entries.recall(key) === entry) this.#entries.forget(key)
      },
    )
    return promise
  }
}

/** A day before the end, or halfway there for a leaf that ends sooner (the real certificate did). */
function staleAt(notAfter: number, now: number): number {
  return notAfter - day > now ? notAfter - day : now + (notAfter - now) / 2
}
