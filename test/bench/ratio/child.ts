import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'

/** A process that this one started and ends by its pid. */
export interface Child {
  readonly pid: number
  ended(): boolean
  /** Asks with SIGTERM, insists with SIGKILL after 5 s. */
  stop(): Promise<void>
}

const running = new Set<ChildProcess>()

process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL')
})
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(1))

/** Takes a process under this one's care: it does not outlive it. */
export function keep(child: ChildProcess): Child {
  if (child.pid === undefined) throw new Error(`${child.spawnfile} did not start`)
  const ended = (): boolean => child.exitCode !== null || child.signalCode !== null
  running.add(child)
  child.once('exit', () => running.delete(child))
  return {
    pid: child.pid,
    ended,
    async stop() {
      if (ended()) return
      const exit = once(child, 'exit')
      child.kill('SIGTERM')
      const insist = setTimeout(() => child.kill('SIGKILL'), 5000)
      await exit
      clearTimeout(insist)
    },
  }
}

/** The port of the line `listening on HOST:PORT` on a process's stderr; shows all others. Rejects when it ends before. */
export function listeningPort(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    createInterface({ input: child.stderr! }).on('line', line => {
      const found = /listening on \S+:(\d+)/.exec(line)
      if (found) resolve(Number(found[1]))
      else if (!child.killed) console.error(line) // what it says while it ends is usual
    })
    child.once('exit', code => reject(new Error(`ended with ${code} before it listened`)))
  })
}
