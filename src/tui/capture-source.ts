import { compareLegs } from '../compare/compare.ts'
import { explainFailure } from '../compare/explain-failure.ts'
import { readLegPair } from '../compare/read-leg-pair.ts'
import { compareConnections } from '../compare/two-connections.ts'
import type { Filter } from '../filter/ast.ts'
import type { ConnectionId } from '../model/connection.ts'
import type { ExchangeId } from '../model/exchange.ts'
import type { Capture } from '../store/capture.ts'
import type { FlowQuery } from '../store/queries.ts'
import { printableComparison, printableProblem, printableRow } from '../view/printable-comparison.ts'
import { connectionTable } from '../view/side-by-side.ts'
import type { Changes, ConnectionView, Counts, FlowSource } from './ports.ts'

const mostViews = 8
const viewRests = 10 // times what its dissection took: a long connection has very many records
export const mostSorted = 10_000 // flows; who wants another one filters first
export const mostMatches = 10_000 // flows; of a filter that more fit, a page is found soon
const mostScans = 100
const countsHold = 250 // ms: counting the failed ones walks over all connections

/** A capture as the screens want it. `changed` says which connections must be told anew. */
export interface CaptureSource extends FlowSource {
  changed(changes: Changes): void
}

/** `now` in ms. The views of the connections seen last are kept, because dissecting one takes milliseconds. */
export function captureSource(capture: Capture, now: () => number = () => performance.now()): CaptureSource {
  const views = new Map<ConnectionId, { readonly view: ConnectionView; readonly until: number; stale?: boolean }>()
  const counts = holding<Counts>(now)
  const scans = scanHolder(now)
  /** Of a filter that few flows fit, all of them: asked for page by page, each page would cost a scan. */
  const matches = (filter: Filter): readonly ExchangeId[] | undefined => {
    const ids = scans.value(['matches', filter], () => capture.matching(filter, mostMatches + 1))
    return ids.length <= mostMatches ? ids : undefined
  }
  return {
    counts: () => counts.value(() => capture.info()),
    rows(query) {
      const ids = query.filter && matches(query.filter)
      return ids ? idRange(ids, query).flatMap(id => capture.flows({ after: id - 1, limit: 1 })) : capture.flows(query)
    },
    count: filter => (filter ? matches(filter)?.length : capture.count()),
    sorted: (filter, sort) =>
      scans.value(['sorted', filter, sort], () => capture.sortedFlows(sort, mostSorted, filter)),
    marked: () => capture.marked(),
    hosts: filter => scans.value(['hosts', filter], () => capture.hosts(filter)),
    paths: (origin, prefix, filter) =>
      scans.value(['paths', origin, prefix, filter], () => capture.paths(origin, prefix, filter)),
    position: (filter, id) => capture.position(filter, id),
    connection(id) {
      const started = now()
      let known = views.get(id)
      if (!known || (known.stale && started > known.until)) {
        const view = openView(capture, id)
        if (!view) return undefined
        known = { view, until: now() + (now() - started) * viewRests }
      }
      views.delete(id)
      views.set(id, known)
      for (const oldest of views.keys()) {
        if (views.size <= mostViews) break
        views.delete(oldest)
      }
      return known.view
    },
    record: id => capture.connection(id),
    compareConnections(left, right) {
      const [ours, theirs] = [capture.connection(left), capture.connection(right)]
      if (!ours || !theirs) return undefined
      return compareConnections(readLegPair(capture, ours), readLegPair(capture, theirs)).map(printableRow)
    },
    exchange: id => capture.exchange(id),
    body: (id, side, from, length) => capture.body(id, side, from, length),
    bodyLength: (id, side) => capture.bodyLength(id, side),
    frames: (id, query) => capture.frames(id, query),
    frameCount: id => capture.frameCount(id),
    messages: (id, limit) => capture.streamMessages(id, { limit }),
    messageCount: id => capture.streamMessageCount(id),
    events: () => capture.events(),
    changed({ connections }) {
      for (const id of connections) {
        const known = views.get(id)
        if (known) known.stale = true
      }
    },
  }
}

function openView(capture: Capture, id: ConnectionId): ConnectionView | undefined {
  const connection = capture.connection(id)
  if (!connection) return undefined
  const pair = readLegPair(capture, connection)
  const { client, upstream } = pair
  const handshakes = { ...(client && { client }), ...(upstream && { upstream }) }
  const comparison = compareLegs(pair)
  return {
    connection,
    handshakes,
    table: connectionTable(pair, comparison),
    comparison: printableComparison(comparison),
    problems: explainFailure(connection, client, upstream).map(printableProblem),
  }
}

/** A value that is asked for anew only after some time. */
function holding<T>(now: () => number): { value(ask: () => T): T; forget(): void } {
  let held: { readonly value: T; readonly at: number } | undefined
  return {
    value(ask) {
      if (!held || now() - held.at > countsHold) held = { value: ask(), at: now() }
      return held.value
    },
    forget() {
      held = undefined
    },
  }
}

/** Answers that are asked for anew after ten times as long as they took. */
function scanHolder(now: () => number): { value<T>(question: readonly unknown[], ask: () => T): T } {
  const held = new Map<string, { readonly value: unknown; readonly until: number }>()
  return {
    value<T>(question: readonly unknown[], ask: () => T): T {
      const key = JSON.stringify(question)
      const known = held.get(key)
      const started = now()
      if (known && started <= known.until) return known.value as T
      const value = ask()
      if (held.size >= mostScans) held.clear()
      held.set(key, { value, until: now() + (now() - started) * 10 })
      return value
    },
  }
}

/** The ids of a page among ascending ones. */
export function idRange(ids: readonly ExchangeId[], { after, before, limit, order }: FlowQuery): readonly ExchangeId[] {
  const start = after === undefined ? 0 : firstAbove(ids, after)
  const end = before === undefined ? ids.length : firstAbove(ids, before - 1)
  if (order === 'newest') return ids.slice(Math.max(start, end - limit), end).toReversed()
  return ids.slice(start, Math.min(end, start + limit))
}

function firstAbove(ids: readonly ExchangeId[], id: ExchangeId): number {
  let [from, to] = [0, ids.length]
  while (from < to) {
    const middle = (from + to) >> 1
    if (ids[middle]! > id) to = middle
    else from = middle + 1
  }
  return from
}
