import { type CpuTime, cpuTime, parts, quiet, whole } from './cpu.ts'
import type { Result, Shape } from './load.ts'
import type { Load, Peer } from './peers.ts'

/** What one round cost one peer; `seconds` and CPU in µs of a request, until the peer had nothing more to do. */
export interface Round extends Result {
  readonly cpu: number
  readonly parts: CpuTime
}

export interface Amount {
  readonly requests: number
  readonly ms: number
}

/** Where peers are loaded, and how. */
export interface Field {
  readonly load: Load
  readonly originPort: number
  readonly shape: Shape
}

/** One round of one shape through one peer, which is idle. */
export async function round({ load, originPort, shape }: Field, peer: Peer, amount: Amount): Promise<Round> {
  const before = cpuTime(peer.child.pid)
  const result = await load.run({ shape, originPort, proxyPort: peer.port, ...amount })
  const after = await quiet(peer.child.pid)
  const shares = parts.map(part => [part, (after[part] - before[part]) / result.requests])
  const taken = Object.fromEntries(shares) as CpuTime
  return { ...result, seconds: result.seconds / result.requests, cpu: whole(taken), parts: taken }
}

const still = 0.05 // V8 has compiled when a ratio differs by less from the one before

/** Calls for windows, each a ratio, until V8 has compiled; resolves with their number, 0 if it takes more than `most`. */
export async function warm(window: () => Promise<number>, most: number): Promise<number> {
  let before = await window()
  for (let taken = 2; taken <= most; taken++) {
    const now = await window()
    if (Math.abs(now / before - 1) < still) return taken
    before = now
  }
  return 0
}

export const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}
