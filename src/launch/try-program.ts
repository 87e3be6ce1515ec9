import { type ChildProcess, spawn } from 'node:child_process'
import type { Environment } from './open-file.ts'

export interface Trial {
  readonly command: string
  readonly args: readonly string[]
  readonly environment: Environment
  readonly folder: string
  /** What it reads on stdin. */
  readonly input?: string | undefined
  /** ms after which it is ended. */
  readonly limit: number
  /** Ends it, as what was wanted of it has happened, or is not wanted any more. */
  readonly enough: AbortSignal
}

/** How a program ended. */
export interface Tried {
  readonly timedOut: boolean
  /** What it printed last, on either output. */
  readonly said: string
}

const mostSaid = 4096 // characters
const grace = 1000 // ms

/** Runs a program and all that it starts to its end, or ends them. Never rejects. */
export function tryProgram({ command, args, environment, folder, input, limit, enough }: Trial): Promise<Tried> {
  return new Promise(resolve => {
    let said = ''
    let timedOut = false
    const child = spawn(command, args, { cwd: folder, env: environment, detached: hasGroups })
    const hear = (text: string): void => {
      said = (said + text).slice(-mostSaid)
    }
    for (const output of [child.stdout, child.stderr]) output.setEncoding('utf8').on('data', hear)
    child.stdin.on('error', () => {}) // it does not read
    child.stdin.end(input ?? '')
    const timers = [setTimeout(() => end(true), limit)]
    const stop = (): void => end(false)
    enough.addEventListener('abort', stop)
    if (enough.aborted) stop()
    child.once('error', ({ message }) => {
      hear(message)
      done()
    })
    child.once('exit', () => {
      signalAll(child, 'SIGKILL') // what it left behind
      child.stdout.destroy()
      child.stderr.destroy()
    })
    child.once('close', done)

    function end(late: boolean): void {
      timedOut ||= late
      signalAll(child, 'SIGTERM')
      timers.push(setTimeout(() => signalAll(child, 'SIGKILL'), grace))
    }

    function done(): void {
      for (const timer of timers) clearTimeout(timer)
      enough.removeEventListener('abort', stop)
      resolve({ timedOut, said })
    }
  })
}

const hasGroups = process.platform !== 'win32'

function signalAll({ pid }: ChildProcess, name: NodeJS.Signals): void {
  if (pid === undefined) return
  try {
    process.kill(hasGroups ? -pid : pid, name)
  } catch {
    // all have ended
  }
}
