import type { ExchangeId } from '../model/exchange.ts'
import type { FlowQuery } from '../store/queries.ts'

export interface ScanOptions {
  /** Ids of the flows from `first` to `last` that fit, in order. */
  readonly matching: (first: ExchangeId, last: ExchangeId) => readonly ExchangeId[]
  /** ms */
  readonly now: () => number
  /** With so many found it is over. */
  readonly most: number
}

/** Looks through flows that take long to read, a little at a time, and keeps the ids of those that fit. */
export class Scan {
  readonly #options: ScanOptions
  readonly #ids: ExchangeId[] = []
  /** Flows that changed after they were looked at. */
  readonly #changed = new Set<ExchangeId>()
  #next = 1
  /** Flows that are asked about at once: as many as take some milliseconds. */
  #step = 16

  constructor(options: ScanOptions) {
    this.#options = options
  }

  /** In order; the same array as it grows. */
  get ids(): readonly ExchangeId[] {
    return this.#ids
  }

  /** Whether it stopped with as many as may be found. */
  get full(): boolean {
    return this.#ids.length >= this.#options.most
  }

  /** How much of the flows up to `last` was looked through, from 0 to 1. */
  share(last: ExchangeId): number {
    return this.full || this.#next > last ? 1 : (this.#next - 1) / last
  }

  /** Whether everything up to `last` was looked at as it is now. */
  done(last: ExchangeId): boolean {
    return this.#changed.size === 0 && this.share(last) === 1
  }

  /** A flow is not what it was. */
  changed(id: ExchangeId): void {
    if (id < this.#next) this.#changed.add(id)
  }

  /** Goes on for so many ms; true where everything up to `last` was looked at. */
  advance(last: ExchangeId, budget: number): boolean {
    const { matching, now } = this.#options
    const until = now() + budget
    for (const id of this.#changed) {
      if (now() >= until) return false
      this.#changed.delete(id)
      this.#put(id, matching(id, id).length > 0)
    }
    while (!this.full && this.#next <= last) {
      const started = now()
      if (started >= until) return false
      const end = Math.min(last, this.#next + this.#step - 1)
      for (const id of matching(this.#next, end)) this.#ids.push(id)
      this.#next = end + 1
      const took = now() - started
      if (took < budget / 4) this.#step = Math.min(mostStep, this.#step * 2)
      else if (took > budget / 2) this.#step = Math.max(1, this.#step >> 2)
    }
    return true
  }

  #put(id: ExchangeId, fits: boolean): void {
    const at = firstAbove(this.#ids, id - 1)
    const known = this.#ids[at] === id
    if (known !== fits) this.#ids.splice(at, known ? 1 : 0, ...(fits ? [id] : []))
  }
}

const mostStep = 4096

/** Where the first id above this one stands among ascending ones. */
export function firstAbove(ids: readonly ExchangeId[], id: ExchangeId): number {
  let [from, to] = [0, ids.length]
  while (from < to) {
    const middle = (from + to) >> 1
    if (ids[middle]! > id) to = middle
    else from = middle + 1
  }
  return from
}

/** The ids of a page among ascending ones. */
export function idRange(ids: readonly ExchangeId[], { after, before, limit, order }: FlowQuery): readonly ExchangeId[] {
  const start = after === undefined ? 0 : firstAbove(ids, after)
  const end = before === undefined ? ids.length : firstAbove(ids, before - 1)
  if (order === 'newest') return ids.slice(Math.max(start, end - limit), end).toReversed()
  return ids.slice(start, Math.min(end, start + limit))
}
