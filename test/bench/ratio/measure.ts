import { cpuTime, quiet, residentMb } from './cpu.ts'
import type { Result, Shape } from './load.ts'
import type { Load, Peer } from './peers.ts'

/** What one round cost one peer; CPU in µs a request. */
export interface Round extends Result {
  /** The thread that moves the bytes. */
  readonly engine: number
  /** Every thread, until the last answer. */
  readonly process: number
  /** Every thread, what it put off until nobody asked for anything included. */
  readonly processLater: number
  /** processLater by the name of the thread. */
  readonly threads: Readonly<Record<string, number>>
}

export interface Amount {
  readonly requests: number
  readonly ms: number
}

/** Both peers, each idle, each warm. */
export interface Field {
  readonly load: Load
  readonly originPort: number
  readonly shape: Shape
}

const commit = 60 // ms: what belongs to the last answers is in the capture file by then

/** One round of one shape through one peer. */
export async function round({ load, originPort, shape }: Field, peer: Peer, amount: Amount): Promise<Round> {
  const { pid } = peer.child
  const job = { shape, originPort, proxyPort: peer.port }
  await load.run({ ...job, requests: 0, ms: 0 }) // opens what stays open
  await quiet(pid)
  const before = cpuTime(pid, peer.task)
  const result = await load.run({ ...job, ...amount })
  await new Promise(resolve => setTimeout(resolve, commit))
  const after = cpuTime(pid, peer.task)
  await quiet(pid)
  const later = cpuTime(pid, peer.task)
  const perRequest = (time: number): number => time / result.requests
  return {
    ...result,
    engine: perRequest(later.engine - before.engine),
    process: perRequest(after.process - before.process),
    processLater: perRequest(later.process - before.process),
    threads: Object.fromEntries(
      Object.entries(later.threads).map(([name, time]) => [name, perRequest(time - (before.threads[name] ?? 0))]),
    ),
  }
}

/** Resident MB of a peer after each of these further numbers of requests. */
export async function memory(field: Field, peer: Peer, lengths: readonly number[]): Promise<readonly number[]> {
  const after: number[] = []
  for (const requests of lengths) {
    await field.load.run({
      shape: field.shape,
      originPort: field.originPort,
      proxyPort: peer.port,
      requests,
      ms: 30_000,
    })
    await quiet(peer.child.pid)
    after.push(residentMb(peer.child.pid))
  }
  return after
}

export const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}
