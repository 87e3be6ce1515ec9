import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Who cleans up: a TestContext, or `{ after }` of node:test for a whole file. */
export interface Owner {
  after(clean: () => unknown): void
}

export interface ProcessOptions {
  readonly env?: Readonly<Record<string, string>>
  readonly cwd?: string
  /** Written to stdin, which then ends; `open` leaves it open. */
  readonly input?: string | Uint8Array
  readonly open?: boolean
  /** ms until it is killed */
  readonly timeout?: number
}

export interface Ended {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly stdout: string
  readonly stderr: string
  readonly bytes: Buffer
}

/** A child process with all that it said. */
export class Running {
  readonly child: ChildProcess
  readonly ended: Promise<Ended>
  readonly #stdout: Buffer[] = []
  #stderr = ''
  #said = ''
  readonly #waiting = new Set<() => void>()

  constructor(command: string, args: readonly string[], options: ProcessOptions) {
    const { env, cwd, input, open = false, timeout = 30_000 } = options
    const child = spawn(command, [...args], { env: { ...process.env, ...env }, ...(cwd ? { cwd } : {}) })
    this.child = child
    child.stdin.on('error', () => {})
    child.stdout.on('data', (bytes: Buffer) => {
      this.#stdout.push(bytes)
      this.#hear(bytes)
    })
    child.stderr.on('data', (bytes: Buffer) => {
      this.#stderr += bytes
      this.#hear(bytes)
    })
    if (input !== undefined) child.stdin.write(input)
    if (!open) child.stdin.end()
    const timer = setTimeout(() => child.kill('SIGKILL'), timeout)
    this.ended = new Promise((resolve, reject) => {
      child.once('error', reject)
      child.once('close', (code, signal) => {
        clearTimeout(timer)
        const bytes = Buffer.concat(this.#stdout)
        resolve({ code, signal, stdout: bytes.toString(), stderr: this.#stderr, bytes })
        for (const look of this.#waiting) look()
      })
    })
    this.ended.catch(() => {})
  }

  get pid(): number {
    return this.child.pid ?? 0
  }

  /** stdout and stderr so far, as they came. */
  get said(): string {
    return this.#said
  }

  get over(): boolean {
    return this.child.exitCode !== null || this.child.signalCode !== null
  }

  /** Waits until the output matches. Throws with all of it when the process ends first, or after `ms`. */
  async heard(pattern: RegExp, ms = 60_000): Promise<RegExpExecArray> {
    return await new Promise((resolve, reject) => {
      const done = (): void => {
        clearTimeout(timer)
        this.#waiting.delete(look)
      }
      const look = (): void => {
        const match = pattern.exec(this.#said)
        if (!match && !this.over) return
        done()
        if (match) resolve(match)
        else reject(new Error(`${this.child.spawnfile} ended before ${pattern}:\n${this.#said}`))
      }
      const timer = setTimeout(() => {
        done()
        reject(new Error(`${this.child.spawnfile} did not say ${pattern} in ${ms} ms:\n${this.#said}`))
      }, ms)
      this.#waiting.add(look)
      look()
    })
  }

  write(text: string): void {
    this.child.stdin?.write(text)
  }

  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<Ended> {
    if (!this.over) this.child.kill(signal)
    const last = setTimeout(() => this.child.kill('SIGKILL'), 8000)
    try {
      return await this.ended
    } finally {
      clearTimeout(last)
    }
  }

  #hear(bytes: Buffer): void {
    this.#said += bytes
    for (const look of this.#waiting) look()
  }
}

/** Starts a program that its owner ends. */
export function start(owner: Owner, command: string, args: readonly string[], options: ProcessOptions = {}): Running {
  const running = new Running(command, args, { timeout: 180_000, ...options })
  owner.after(() => running.stop('SIGKILL').catch(() => {}))
  return running
}

/** Runs a program to its end. */
export const run = (command: string, args: readonly string[], options: ProcessOptions = {}): Promise<Ended> =>
  new Running(command, args, options).ended

/** A folder that goes with its owner. */
export function temporaryFolder(owner: Owner): string {
  const folder = mkdtempSync(join(tmpdir(), 'parley-e2e-'))
  owner.after(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }))
  return folder
}
