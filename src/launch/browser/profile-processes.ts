import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'

/** A process and its arguments, with a blank between two. */
type Listed = readonly [pid: number, line: string]

/** Processes that were started with this profile: browsers get it as an option's value. None where they cannot be listed. */
export const processesOf = (profile: string, platform: NodeJS.Platform = process.platform): readonly number[] =>
  listProcesses(platform)
    .filter(([, line]) =>
      [' --user-data-dir=', ' --profile '].some(option => `${line} `.includes(`${option}${profile} `)),
    )
    .map(([pid]) => pid)

/** Ends what still runs with this profile: asks, and after `patience` ms insists. */
export async function endProcessesOf(profile: string, patience = 3000): Promise<void> {
  for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
    for (const pid of processesOf(profile)) send(pid, signal)
    for (const end = performance.now() + patience; processesOf(profile).length > 0; await sleep(50))
      if (performance.now() > end) break
  }
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal)
  } catch {
    // it has gone
  }
}

function listProcesses(platform: NodeJS.Platform): readonly Listed[] {
  if (platform === 'win32') return []
  return platform === 'linux' ? byProc() : byPs()
}

function byProc(): readonly Listed[] {
  const pids = readdirSync('/proc').filter(name => /^\d+$/.test(name))
  return pids.map(pid => [Number(pid), lineOf(pid)])
}

function lineOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trimEnd()
  } catch {
    return ''
  }
}

function byPs(): readonly Listed[] {
  try {
    const lines = execFileSync('ps', ['-axww', '-o', 'pid=,command='], { encoding: 'utf8' }).split('\n')
    return lines.flatMap(line => {
      const [, pid, rest] = /^\s*(\d+)\s(.*)$/.exec(line) ?? []
      return pid && rest ? [[Number(pid), rest] as const] : []
    })
  } catch {
    return []
  }
}
