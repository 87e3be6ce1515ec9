import { type StdioOptions, spawn } from 'node:child_process'
import { constants } from 'node:os'

export interface ChildOptions {
  readonly command: string
  readonly args: readonly string[]
  readonly env: Readonly<Record<string, string | undefined>>
  /** Gets what it writes; it has a session of its own then, without the terminal. Absent: it has what Parley has. */
  readonly heard?: Readonly<Record<'stdout' | 'stderr', (text: string) => void>>
}

/** A command that could not be started, with the exit code that shells give. */
export class NotStarted extends Error {
  readonly exitCode: number
  constructor(command: string, code: string | undefined) {
    super(code === 'ENOENT' ? `${command}: command not found` : `${command}: cannot be run (${code})`)
    this.exitCode = code === 'ENOENT' ? 127 : 126
  }
}

/** A command that runs. */
export interface Child {
  signal(name: NodeJS.Signals): void
  /** Its exit code; 128 and the signal's number where a signal ended it. */
  readonly ended: Promise<number>
}

/** Resolves when it runs. Rejects with NotStarted. */
export function startChild({ command, args, env, heard }: ChildOptions): Promise<Child> {
  const stdio: StdioOptions = heard ? ['ignore', 'pipe', 'pipe'] : 'inherit'
  const child = spawn(command, args, { env, stdio, detached: heard !== undefined })
  if (heard) for (const name of ['stdout', 'stderr'] as const) child[name]?.setEncoding('utf8').on('data', heard[name])
  const ended = new Promise<number>(resolve => {
    child.once(heard ? 'close' : 'exit', (code, name) => resolve(code ?? 128 + constants.signals[name!]))
  })
  return new Promise((resolve, reject) => {
    child.once('error', ({ code }: NodeJS.ErrnoException) => reject(new NotStarted(command, code)))
    child.once('spawn', () => resolve({ signal: name => signal(name), ended }))
  })

  function signal(name: NodeJS.Signals): void {
    if (heard === undefined || process.platform === 'win32') child.kill(name)
    else
      try {
        process.kill(-child.pid!, name) // it, and what it has started
      } catch {
        // all have ended
      }
  }
}
