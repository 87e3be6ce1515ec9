import { readdirSync, readFileSync } from 'node:fs'

/** CPU time since the start, in µs, to one tick of the kernel (10 ms). */
export interface CpuTime {
  /** Every thread, the ended ones too. */
  readonly process: number
  /** The thread that moves the bytes: Parley's engine, or the main thread of a process that has none. */
  readonly engine: number
  /** By the name of the thread, those that run. */
  readonly threads: Readonly<Record<string, number>>
}

const tick = 10_000 // µs: USER_HZ is 100 on every Linux that Node runs on
const engineName = 'engine-thread'

/** utime and stime of a stat file (proc(5), fields 14 and 15), counted after the name, which may hold spaces. */
function ticks(path: string): number {
  const text = readFileSync(path, 'latin1')
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
  return Number(fields[11]) + Number(fields[12])
}

/** The task of Parley's engine; undefined in a process that has none. */
export function engineTask(pid: number): string | undefined {
  const tasks = readdirSync(`/proc/${pid}/task`)
  return tasks.find(task => readFileSync(`/proc/${pid}/task/${task}/comm`, 'latin1').trim() === engineName)
}

export function cpuTime(pid: number, task = String(pid)): CpuTime {
  const threads: Record<string, number> = {}
  for (const each of readdirSync(`/proc/${pid}/task`)) {
    try {
      const name = readFileSync(`/proc/${pid}/task/${each}/comm`, 'latin1').trim()
      threads[name] = (threads[name] ?? 0) + ticks(`/proc/${pid}/task/${each}/stat`) * tick
    } catch {
      // ended since it was listed; the process's own sum keeps it
    }
  }
  return {
    process: ticks(`/proc/${pid}/stat`) * tick,
    engine: ticks(`/proc/${pid}/task/${task}/stat`) * tick,
    threads,
  }
}

/** Resident memory in MB. */
export function residentMb(pid: number): number {
  const found = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))
  return Number(found?.[1]) / 1024
}

const window = 230 // ms: longer than the recorder waits before it works ahead
const longest = 8_000 // ms

/** Waits until the process has done what it had put off. */
export async function quiet(pid: number): Promise<void> {
  const until = performance.now() + longest
  let before = cpuTime(pid).process
  while (performance.now() < until) {
    await new Promise(resolve => setTimeout(resolve, window))
    const now = cpuTime(pid).process
    if (now - before <= tick) return
    before = now
  }
}
