import { EndedFlows } from '../library/ended-flows.ts'
import type { Changes } from '../model/changes.ts'
import type { ConnectionId } from '../model/connection.ts'
import type { Capture } from '../store/capture.ts'
import type { FlowRow } from '../store/queries.ts'
import type { Collector } from './collector.ts'

/** A run that is told to a collector. */
export interface Told {
  /** Tells the rest, for `patience` ms at most. How many flows were not told. */
  close(patience: number): Promise<number>
}

const slice = 8 // ms of work, after which others have their turn
const betweenFlushes = 400 // flows: less than the queue of spans holds
const mostConnections = 50_000

/**
 * Tells each flow of a run once it has ended. It reads the capture, in slices, so neither traffic nor a screen waits; where
 * the collector is slow it falls behind, and remembers no more for that.
 */
export function tellRun(
  run: { onChange(listener: (changes: Changes) => void): () => void },
  capture: Pick<Capture, 'flows' | 'connection' | 'exchange' | 'close'>,
  collector: Collector,
): Told {
  const ended = new EndedFlows(capture)
  const connections = new Set<ConnectionId>()
  const waiting = { flows: new Set<number>(), connections: new Set<number>(), any: false }
  let working: Promise<void> | undefined
  let deadline = Number.POSITIVE_INFINITY
  let told = 0
  let missed = 0
  const stop = run.onChange(({ flows, connections: changed }) => {
    for (const id of flows) waiting.flows.add(id)
    for (const id of changed) waiting.connections.add(id)
    waiting.any = true
    working ??= work().finally(() => {
      working = undefined
    })
  })

  async function work(last = false): Promise<void> {
    while (waiting.any || last) {
      const changes = { flows: [...waiting.flows], connections: [...waiting.connections] }
      waiting.flows.clear()
      waiting.connections.clear()
      waiting.any = false
      await each(ended.look(changes, last))
      if (last) return
    }
  }

  async function each(flows: Iterable<FlowRow>): Promise<void> {
    let since = performance.now()
    for (const row of flows) {
      if (performance.now() > deadline) {
        missed++
        continue
      }
      tell(row)
      if (++told % betweenFlushes === 0) await collector.flush()
      if (performance.now() - since < slice) continue
      await new Promise(setImmediate)
      since = performance.now()
    }
  }

  function tell({ id, kind, connection: of }: FlowRow): void {
    const connection = capture.connection(of)
    const exchange = kind === 'exchange' ? capture.exchange(id) : undefined
    if (!connection || (kind === 'exchange' && !exchange)) return
    const first = !connections.has(of)
    connections.add(of)
    if (connections.size > mostConnections) connections.delete(connections.values().next().value!)
    collector.tell({ connection, exchange, first })
  }

  return {
    async close(patience) {
      stop()
      deadline = performance.now() + patience
      await working
      await work(true)
      await collector.close()
      capture.close()
      return missed
    },
  }
}
