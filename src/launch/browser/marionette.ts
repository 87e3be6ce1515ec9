import { type ChildProcess, spawn } from 'node:child_process'
import { readFileSync, rmSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Start } from './family.ts'

const longest = 60_000 // ms
const script = `Cc['@mozilla.org/security/x509certdb;1'].getService(Ci.nsIX509CertDB).addCertFromBase64(arguments[0], 'CT,,')`
const flags = ['--headless', '--marionette', '--remote-allow-system-access', '--new-instance', '--no-remote']

/**
 * Has Firefox put the root into its own store: it is started without a window, told so over its remote protocol
 * (Marionette, version 3), and ended. Rejects with what hinders it.
 */
export async function addRootByMarionette({ browser, profile, root, environment }: Start): Promise<void> {
  const portFile = join(profile, 'MarionetteActivePort')
  rmSync(portFile, { force: true })
  const child = spawn(browser.command, [...flags, '--profile', profile], { env: environment, stdio: 'ignore' })
  const ended = new Promise<void>(resolve => child.once('exit', () => resolve()).once('error', () => resolve()))
  const timer = setTimeout(() => child.kill('SIGKILL'), longest)
  let talk: Talk | undefined
  try {
    talk = new Talk(connect(await portOf(portFile, child), '127.0.0.1'))
    await talk.hears() // who it is
    await talk.ask('WebDriver:NewSession', {}) // when it has started as a whole
    await talk.ask('Marionette:SetContext', { value: 'chrome' })
    const der = root.certificatePem.replace(/-----[^-]+-----|\s/g, '')
    await talk.ask('WebDriver:ExecuteScript', { script, args: [der] })
    await talk.ask('Marionette:Quit', { flags: ['eAttemptQuit'] })
  } catch (error) {
    child.kill('SIGKILL')
    throw new Error(`${browser.title} did not take the root into its store (${(error as Error).message})`)
  } finally {
    await ended
    clearTimeout(timer)
    talk?.end()
    rmSync(portFile, { force: true })
  }
}

/** The port that it chose. Rejects when it has ended. */
async function portOf(path: string, child: ChildProcess): Promise<number> {
  for (const end = performance.now() + longest; performance.now() < end; await sleep(50)) {
    const port = Number(textOf(path))
    if (port > 0) return port
    if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) break
  }
  throw new Error('it ended, or opened no port')
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}

/** Messages are JSON behind their length: `[0, id, name, parameters]`, answered by `[1, id, error, result]`. */
class Talk {
  readonly #socket: Socket
  #unread = Buffer.alloc(0)
  #id = 0
  #wake: () => void = () => {}

  constructor(socket: Socket) {
    this.#socket = socket
    socket.on('error', () => {}) // its close follows
    socket.on('close', () => this.#wake())
    socket.on('data', (bytes: Buffer) => {
      this.#unread = Buffer.concat([this.#unread, bytes])
      this.#wake()
    })
  }

  async ask(name: string, parameters: unknown): Promise<void> {
    const text = JSON.stringify([0, ++this.#id, name, parameters])
    this.#socket.write(`${Buffer.byteLength(text)}:${text}`)
    const answer = await this.hears()
    const error = Array.isArray(answer) ? (answer[2] as { readonly message?: string } | null) : undefined
    if (error) throw new Error(error.message ?? name)
  }

  async hears(): Promise<unknown> {
    for (;;) {
      const colon = this.#unread.indexOf(':')
      const end = colon + 1 + Number(this.#unread.toString('latin1', 0, Math.max(0, colon)))
      if (colon > 0 && this.#unread.length >= end) {
        const text = this.#unread.toString('utf8', colon + 1, end)
        this.#unread = this.#unread.subarray(end)
        return JSON.parse(text)
      }
      if (this.#socket.closed) throw new Error('it closed the connection')
      await new Promise<void>(resolve => {
        this.#wake = resolve
      })
    }
  }

  end(): void {
    this.#socket.destroy()
  }
}
