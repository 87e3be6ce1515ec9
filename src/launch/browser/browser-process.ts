import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Environment } from '../open-file.ts'

/** A program to start. */
export interface Startable {
  readonly title: string
  readonly command: string
  readonly words: readonly string[]
  readonly environment: Environment
  readonly platform: NodeJS.Platform
}

const lastWords = 200 // ms
const mostComplaint = 4096 // characters of stderr

/** The process that is started and those that it starts: they are a group. */
export class BrowserProcess {
  /** Rejects if there is no such program. */
  readonly started: Promise<void>
  /** Resolves when it has ended; to what went wrong, if nobody closed it. */
  readonly ended: Promise<string | undefined>
  readonly #child: ChildProcess
  readonly #startable: Startable
  #complaint = ''
  #closing = false

  constructor(startable: Startable) {
    const { title, command, words, environment, platform } = startable
    const child = spawn(command, words, {
      env: environment,
      stdio: ['ignore', 'ignore', 'pipe'],
      detached: platform !== 'win32', // Ctrl-C is for Parley, which closes it
    })
    this.#child = child
    this.#startable = startable
    child.stderr?.setEncoding('utf8').on('data', text => {
      this.#complaint = (this.#complaint + text).slice(-mostComplaint)
    })
    this.started = new Promise((resolve, reject) => {
      child.once('spawn', resolve)
      child.once('error', ({ code, message }: NodeJS.ErrnoException) =>
        reject(new Error(`${title} cannot be started: ${command} (${code ?? message})`)),
      )
    })
    this.ended = new Promise(resolve => {
      child.once('exit', async (code, signal) => {
        await Promise.race([once(child, 'close'), sleep(lastWords)]) // one that it started may hold stderr open
        const fine = this.#closing || code === 0
        resolve(fine ? undefined : `${title} ended with ${signal ?? code}${saidLast(this.#complaint)}`)
      })
    })
  }

  /** Asks it to end, and after `patience` ms ends all of it. */
  async close(patience: number): Promise<void> {
    this.#closing = true
    this.#end('SIGTERM')
    const late = setTimeout(() => this.#end('SIGKILL'), patience)
    await this.ended
    clearTimeout(late)
    if (this.#startable.platform !== 'win32') this.#end('SIGKILL') // what of the group is left
  }

  #end(signal: 'SIGTERM' | 'SIGKILL'): void {
    const { platform, environment } = this.#startable
    const pid = this.#child.pid!
    const force = signal === 'SIGKILL'
    if (platform === 'win32') {
      const words = ['/PID', String(pid), '/T', ...(force ? ['/F'] : [])]
      spawn('taskkill', words, { stdio: 'ignore', env: environment }).on('error', () => {})
      return
    }
    try {
      process.kill(force ? -pid : pid, signal)
    } catch {
      // it has gone
    }
  }
}

/** The last that a program said before it failed, without Chromium's place and time. */
function saidLast(text: string): string {
  const line = text
    .trim()
    .split('\n')
    .at(-1)
    ?.replace(/^\[[^\]]*\]\s*/, '')
  return line ? `: ${line.slice(0, 300)}` : ''
}
