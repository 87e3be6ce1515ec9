import { spawn } from 'node:child_process'
import { shellWord } from '../authority-error.ts'
import type { Surroundings } from './surroundings.ts'

/** One program to run, as data: it can be shown before it is. */
export interface Step {
  readonly command: string
  readonly args: readonly string[]
  readonly asRoot: boolean
  /** What it undoes may be undone already. */
  readonly mayFail?: boolean
}

export interface Answer {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

/** A store could not be read or changed. The message names the program and what it said. */
export class TrustError extends Error {}

const patience = 120_000 // ms: Java starts slowly, and Windows asks the person
const mostOutput = 32 * 1024 * 1024 // a bundle of roots has 0.3 MB

/** Runs a program to its end without a shell, its messages in English. Throws TrustError where it cannot be started. */
export function ask(surroundings: Surroundings, command: string, ...args: readonly string[]): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const env = { ...surroundings.environment, LC_ALL: 'C' }
    const child = spawn(command, args, { env, stdio: ['ignore', 'pipe', 'pipe'], timeout: patience, windowsHide: true })
    const parts = { stdout: [] as Buffer[], stderr: [] as Buffer[] }
    let length = 0
    for (const name of ['stdout', 'stderr'] as const)
      child[name].on('data', (part: Buffer) => {
        length += part.length
        if (length > mostOutput) child.kill()
        else parts[name].push(part)
      })
    child.once('error', (error: NodeJS.ErrnoException) =>
      reject(new TrustError(`${command} cannot be started (${error.code ?? error.message})`)),
    )
    child.once('close', (code, signal) => {
      const stdout = Buffer.concat(parts.stdout).toString()
      const stderr = Buffer.concat(parts.stderr).toString() + (signal ? `ended by ${signal}` : '')
      resolve({ code: code ?? 1, stdout, stderr })
    })
  })
}

/** The same for a program that has to succeed; gives what it printed. Throws TrustError. */
export async function insist(surroundings: Surroundings, command: string, ...args: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await ask(surroundings, command, ...args)
  if (code === 0) return stdout
  const said = `${stderr}\n${stdout}`.trim().split('\n').slice(0, 3).join(' ').slice(0, 400)
  throw new TrustError(`${command} failed with ${code}${said && `: ${said}`}`)
}

/** Runs a step; by sudo where it needs a root that we are not. Throws TrustError. */
export async function take(surroundings: Surroundings, step: Step): Promise<void> {
  const [command, ...args] = commandLine(surroundings, step)
  await (step.mayFail ? ask : insist)(surroundings, command, ...args)
}

/** As a shell would take it. */
export const showStep = (surroundings: Surroundings, step: Step): string =>
  commandLine(surroundings, step).map(shellWord).join(' ')

function commandLine({ isRoot, platform }: Surroundings, { command, args, asRoot }: Step): [string, ...string[]] {
  return asRoot && !isRoot && platform !== 'win32' ? ['sudo', '--', command, ...args] : [command, ...args]
}
