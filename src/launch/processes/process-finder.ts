import type { ClientProcess, ConnectionId } from '../../model/connection.ts'
import type { ConnectionEvent } from '../../model/connection-event.ts'
import type { FindProcesses } from './socket-table.ts'
import { type ClientSocket, isLoopback } from './socket-table.ts'

const share = 0.02 // of the time
const saved = 20 // ms: some quick looks at once
const mostWaiting = 512 // connections; of more, the oldest are likely over

/**
 * Finds which process opened each new connection, all that wait at one look. Never fails, and takes little of the time: where
 * connections come and go faster, some remain untold. Each is looked for once, while it is open.
 */
export class ProcessFinder {
  readonly #find: FindProcesses
  readonly #found: (id: ConnectionId, process: ClientProcess) => void
  readonly #now: () => number
  readonly #spent: () => number
  readonly #allowance: Allowance
  readonly #waiting = new Map<ConnectionId, ClientSocket>()
  #timer: NodeJS.Timeout | undefined
  /** Or under way. */
  #scheduled = false
  #closed = false

  constructor(
    find: FindProcesses,
    found: (id: ConnectionId, process: ClientProcess) => void,
    now: () => number = () => performance.now(),
    spent: () => number = cpuTime,
  ) {
    this.#find = find
    this.#found = found
    this.#now = now
    this.#spent = spent
    this.#allowance = new Allowance(share, saved, now())
  }

  event(id: ConnectionId, event: ConnectionEvent): void {
    if (event.type === 'closed') this.#waiting.delete(id)
    if (event.type !== 'opened' || !event.local || !event.remote || !isLoopback(event.remote.address)) return
    this.#waiting.set(id, { local: event.remote, remote: event.local })
    if (this.#waiting.size > mostWaiting) this.#waiting.delete(this.#waiting.keys().next().value!)
    this.#schedule()
  }

  close(): void {
    this.#closed = true
    this.#waiting.clear()
    clearTimeout(this.#timer)
  }

  #schedule(): void {
    if (this.#scheduled || this.#waiting.size === 0) return
    this.#scheduled = true
    const wait = this.#allowance.wait(this.#now())
    if (wait === 0)
      queueMicrotask(() => this.#look()) // as soon as the slab is read: a curl may be gone in 3 ms
    else this.#timer = setTimeout(() => this.#look(), wait)
  }

  async #look(): Promise<void> {
    const asked = [...this.#waiting] // none, where all of them are over by now
    this.#waiting.clear()
    const started = this.#spent()
    const processes = asked.length === 0 ? [] : await this.#find(asked.map(([, socket]) => socket)).catch(() => [])
    this.#allowance.spend(this.#spent() - started)
    this.#scheduled = false
    if (this.#closed) return
    for (const [index, process] of processes.entries()) if (process) this.#found(asked[index]![0], process)
    this.#schedule()
  }
}

/** Of this thread, in ms: on a busy machine a look takes long and costs no more. */
function cpuTime(): number {
  const { user, system } = process.threadCpuUsage()
  return (user + system) / 1000
}

/** Time that may be spent: a share of the time that passes, of which some can be saved up. In ms. */
export class Allowance {
  readonly #share: number
  readonly #most: number
  #left: number
  #at: number

  /** Begins with the most that can be saved. */
  constructor(share: number, most: number, now: number) {
    this.#share = share
    this.#most = most
    this.#left = most
    this.#at = now
  }

  /** How long to wait until something is left. */
  wait(now: number): number {
    this.#left = Math.min(this.#most, this.#left + (now - this.#at) * this.#share)
    this.#at = now
    return this.#left > 0 ? 0 : -this.#left / this.#share
  }

  /** May be more than was left: then the next wait is so much longer. */
  spend(time: number): void {
    this.#left -= time
  }
}
