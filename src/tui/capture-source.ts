import { compareLegs } from '../compare/compare.ts'
import { explainFailure } from '../compare/explain-failure.ts'
import { readLegPair } from '../compare/read-leg-pair.ts'
import { compareConnections } from '../compare/two-connections.ts'
import type { ConnectionId } from '../model/connection.ts'
import type { Capture } from '../store/capture.ts'
import { printableComparison, printableProblem, printableRow } from '../view/printable-comparison.ts'
import { connectionTable } from '../view/side-by-side.ts'
import type { Changes, ConnectionView, Counts, FlowSource } from './ports.ts'

const mostViews = 8
export const mostSorted = 10_000 // flows; who wants another one filters first
const scansHold = 1000 // ms: each walks over all flows
const mostScans = 100
const countsHold = 250 // ms: counting the failed ones walks over all connections

/** A capture as the screens want it. `changed` says which connections must be told anew. */
export interface CaptureSource extends FlowSource {
  changed(changes: Changes): void
}

/** `now` in ms. The views of the connections seen last are kept, because dissecting one takes milliseconds. */
export function captureSource(capture: Capture, now: () => number = () => performance.now()): CaptureSource {
  const views = new Map<ConnectionId, ConnectionView>()
  const counts = holding<Counts>(now)
  const scans = scanHolder(now)
  const filtered = holding<{ readonly key: string; readonly count: number }>(now)
  return {
    counts: () => counts.value(() => capture.info()),
    rows: query => capture.flows(query),
    count(filter) {
      const key = JSON.stringify(filter)
      const told = filtered.value(() => ({ key, count: capture.count(filter) }))
      if (told.key === key) return told.count
      filtered.forget()
      return filtered.value(() => ({ key, count: capture.count(filter) })).count
    },
    sorted: (filter, sort) =>
      scans.value(['sorted', filter, sort], () => capture.sortedFlows(sort, mostSorted, filter)),
    hosts: filter => scans.value(['hosts', filter], () => capture.hosts(filter)),
    paths: (origin, prefix, filter) =>
      scans.value(['paths', origin, prefix, filter], () => capture.paths(origin, prefix, filter)),
    position: (filter, id) => capture.position(filter, id),
    connection(id) {
      const view = views.get(id) ?? openView(capture, id)
      if (!view) return undefined
      views.delete(id)
      views.set(id, view)
      for (const oldest of views.keys()) {
        if (views.size <= mostViews) break
        views.delete(oldest)
      }
      return view
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
      for (const id of connections) views.delete(id)
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

/** Answers that are asked for anew after some time, longer where they took longer. */
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
      held.set(key, { value, until: now() + Math.max(scansHold, (now() - started) * 10) })
      return value
    },
  }
}
