import type { Filter } from '../filter/ast.ts'
import type { ExchangeId } from '../model/exchange.ts'
import type { Capture } from '../store/capture.ts'
import { type Among, isSlow } from '../store/to-sql.ts'
import { BoundedMap } from '../wire/bounded-map.ts'
import { Scan } from './scan.ts'

const mostHeld = 3
const mostFound = 1_000_000 // ids, 8 MB
const slice = 25 // ms: a key waits no longer
const sip = 3 // ms, at each question: what is new by a flow or two is known at once
const told = 120 // ms from one word about progress to the next

/** Answers filters that read headers or bodies: what was found so far, while the rest is looked through in slices. */
export class Scans {
  readonly #capture: Capture
  readonly #now: () => number
  readonly #held = new BoundedMap<string, Scan>(mostHeld)
  #asked: Scan | undefined
  #progressed: (() => void) | undefined
  #timer: NodeJS.Timeout | undefined
  #toldAt = 0

  /** `now` in ms. Where nobody follows, a scan goes through at once. */
  constructor(capture: Capture, now: () => number) {
    this.#capture = capture
    this.#now = now
  }

  /** The filter with what is known of it; the filter itself where it is quick. */
  known(filter: Filter): Filter | Among {
    const parts = this.#partsOf(filter)
    if (!parts) return filter
    return { type: 'among', ids: this.#scanOf(parts.slow).ids, of: allOf(parts.rest) }
  }

  /** How much was looked through of what the filter asks for, where that is not all. */
  share(filter: Filter): number | undefined {
    const parts = this.#partsOf(filter)
    const share = parts && this.#scanOf(parts.slow).share(this.#last())
    return share === 1 ? undefined : share
  }

  changed(ids: readonly ExchangeId[]): void {
    for (const scan of this.#held.values()) for (const id of ids) scan.changed(id)
  }

  /** From now on slices follow each other by themselves, with a word after some; answers with how to end that. */
  follow(progressed: () => void): () => void {
    this.#progressed = progressed
    return () => {
      this.#progressed = undefined
      clearTimeout(this.#timer)
    }
  }

  /** The scan that a filter hangs on: its own, or that of a part which the others narrow. */
  #partsOf(filter: Filter): { readonly slow: Filter; readonly rest: readonly Filter[] } | undefined {
    if (!isSlow(filter)) return undefined
    if (filter.type !== 'and') return { slow: filter, rest: [] }
    const slow = filter.of.find(each => isSlow(each) && this.#held.has(JSON.stringify(each)))
    const rest = filter.of.filter(each => each !== slow)
    return slow && !rest.some(isSlow) ? { slow, rest } : { slow: filter, rest: [] }
  }

  #scanOf(filter: Filter): Scan {
    const key = JSON.stringify(filter)
    const scan = this.#held.use(key) ?? this.#begin(key, filter)
    const budget = this.#progressed ? sip : Number.POSITIVE_INFINITY
    if (!scan.done(this.#last()) && !scan.advance(this.#last(), budget)) {
      this.#asked = scan
      this.#goOn()
    }
    return scan
  }

  #begin(key: string, filter: Filter): Scan {
    const matching = (first: ExchangeId, last: ExchangeId) =>
      this.#capture.matching(filter, last - first + 1, { first, last })
    const scan = new Scan({ matching, now: this.#now, most: mostFound })
    scan.advance(this.#last(), slice)
    this.#held.set(key, scan)
    return scan
  }

  #goOn(): void {
    this.#timer ??= setTimeout(() => this.#work(), 1)
  }

  /** A slice of the scan that was asked last. */
  #work(): void {
    this.#timer = undefined
    const scan = this.#asked
    if (!scan || !this.#progressed) return
    const done = scan.advance(this.#last(), slice)
    if (!done && this.#now() - this.#toldAt < told) return this.#goOn()
    this.#asked = undefined // who draws asks again
    this.#toldAt = this.#now()
    this.#progressed()
  }

  #last(): ExchangeId {
    return this.#capture.flows({ limit: 1, order: 'newest' })[0]?.id ?? 0
  }
}

const allOf = (filters: readonly Filter[]): Filter =>
  filters.length === 0 ? { type: 'all' } : filters.length === 1 ? filters[0]! : { type: 'and', of: filters }
