import { readdirSync, readFileSync } from 'node:fs'

/** What a process's threads do. The pool is libuv's: signatures, files; `v8` compiles and collects garbage for all. */
export const parts = ['engine', 'recorder', 'pool', 'main', 'v8'] as const
export type Part = (typeof parts)[number]

/** By the name that the kernel keeps of a thread, at most 15 bytes; main is whatever else there is. */
const partOf: Readonly<Record<string, Part>> = {
  'engine-thread': 'engine',
  'recorder-thread': 'recorder',
  'libuv-worker': 'pool',
  'node-V8Worker': 'v8',
}

/** CPU time since the start, in µs. */
export type CpuTime = Readonly<Record<Part, number>>

/** Of the threads that run, to the ns that /proc's schedstat has; no peer ends a thread under load. */
export function cpuTime(pid: number): CpuTime {
  const time = { engine: 0, recorder: 0, pool: 0, main: 0, v8: 0 }
  for (const task of readdirSync(`/proc/${pid}/task`)) {
    const read = (file: string): string => readFileSync(`/proc/${pid}/task/${task}/${file}`, 'latin1').trim()
    time[partOf[read('comm')] ?? 'main'] += Number.parseInt(read('schedstat'), 10) / 1000
  }
  return time
}

/** Of all threads together. */
export const whole = (time: CpuTime): number => parts.reduce((sum, part) => sum + time[part], 0)

/** Resident memory in MB. */
export function residentMb(pid: number): number {
  const found = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))
  return Number(found?.[1]) / 1024
}

const window = 230 // ms: longer than the recorder waits before it does what it put off
const idle = 2_000 // µs in a window
const longest = 8_000 // ms

/** Waits until the process has done what it had put off; resolves with its CPU time then. */
export async function quiet(pid: number): Promise<CpuTime> {
  const until = performance.now() + longest
  let before = cpuTime(pid)
  while (performance.now() < until) {
    await new Promise(resolve => setTimeout(resolve, window))
    const now = cpuTime(pid)
    if (whole(now) - whole(before) <= idle) return now
    before = now
  }
  return before
}
