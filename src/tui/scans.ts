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
export interface Scans {
  /** The filter with what is known of it; the filter itself where it is quick. */
  known(filter: Filter): Filter | Among
  /** How much was looked through of what the filter asks for, where that is not all. */
  share(filter: Filter): number | undefined
  changed(ids: readonly ExchangeId[]): void
  /** From now on slices follow each other by themselves, with a word after some; answers with how to end that. */
  follow(progressed: () => void): () => void
}

/** Where nobody follows, a scan goes through at once. */
export function captureScans(capture: Capture, now: () => number): Scans {
  const held = new BoundedMap<string, Scan>(mostHeld)
  let asked: Scan | undefined
  let progressed: (() => void) | undefined
  let timer: NodeJS.Timeout | undefined
  let toldAt = 0

  const last = (): ExchangeId => capture.flows({ limit: 1, order: 'newest' })[0]?.id ?? 0
  const work = (): void => {
    timer = undefined
    const scan = asked
    if (!scan || !progressed) return
    const done = scan.advance(last(), slice)
    if (!done && now() - toldAt < told) return again()
    asked = undefined // who draws asks again
    toldAt = now()
    progressed()
  }
  const again = (): void => {
    timer ??= setTimeout(work, 1)
  }
  const scanOf = (filter: Filter): Scan => {
    const key = JSON.stringify(filter)
    let scan = held.use(key)
    if (!scan) {
      const matching = (first: ExchangeId, end: ExchangeId) =>
        capture.matching(filter, end - first + 1, { first, last: end })
      scan = new Scan({ matching, now, most: mostFound })
      scan.advance(last(), slice)
      held.set(key, scan)
    }
    if (!scan.done(last()) && !scan.advance(last(), progressed ? sip : Number.POSITIVE_INFINITY)) {
      asked = scan
      again()
    }
    return scan
  }
  /** The scan that a filter hangs on: its own, or that of a part which the others narrow. */
  const partsOf = (filter: Filter): { readonly slow: Filter; readonly rest: readonly Filter[] } | undefined => {
    if (!isSlow(filter)) return undefined
    if (filter.type !== 'and') return { slow: filter, rest: [] }
    const slow = filter.of.find(each => isSlow(each) && held.has(JSON.stringify(each)))
    const rest = filter.of.filter(each => each !== slow)
    return slow && !rest.some(isSlow) ? { slow, rest } : { slow: filter, rest: [] }
  }

  return {
    known(filter) {
      const parts = partsOf(filter)
      if (!parts) return filter
      return { type: 'among', ids: scanOf(parts.slow).ids, of: allOf(parts.rest) }
    },
    share(filter) {
      const parts = partsOf(filter)
      const share = parts && scanOf(parts.slow).share(last())
      return share === 1 ? undefined : share
    },
    changed(ids) {
      for (const scan of held.values()) for (const id of ids) scan.changed(id)
    },
    follow(tell) {
      progressed = tell
      return () => {
        progressed = undefined
        clearTimeout(timer)
      }
    },
  }
}

const allOf = (filters: readonly Filter[]): Filter =>
  filters.length === 0 ? { type: 'all' } : filters.length === 1 ? filters[0]! : { type: 'and', of: filters }
