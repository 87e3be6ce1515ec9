/** Handshakes between the openssl programs over loopback, recorded in between: what node:tls cannot be made to do. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { connect, createServer, type Server, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { LegCapture, WireChunk } from '../../../src/wire/tls/capture.ts'
import { fixtureFolder, type IdentityName } from './test-certificates.ts'

export const hasOpenssl = ((): boolean => {
  try {
    execFileSync('openssl', ['version'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
})()

export const pemOf = (name: IdentityName): string => fileURLToPath(new URL(`${name}.pem`, fixtureFolder))
export const certificateArguments = (name: IdentityName): string[] => [
  '-cert',
  pemOf(name),
  '-key',
  pemOf(name).replace(/pem$/, 'key.pem'),
]

export interface Run {
  readonly client?: readonly string[]
  /** Lines for the client's stdin; `server` gives lines for the server's. */
  readonly say?: readonly (string | { readonly server: string })[]
}

/** An `openssl s_server` and a folder for files that its clients share. Dispose of it when done. */
export class OpensslRelay {
  readonly folder = mkdtempSync(join(tmpdir(), 'parley-relay-'))
  #server: ChildProcess | undefined
  #port = 0

  async start(...options: readonly string[]): Promise<void> {
    await this.stop()
    const keys = ['-keylogfile', join(this.folder, 'keys')]
    const server = spawn('openssl', ['s_server', '-accept', '127.0.0.1:0', ...keys, ...options])
    this.#server = server
    let said = ''
    for (const stream of [server.stdout, server.stderr]) stream.on('data', (text: Buffer) => (said += text))
    for (let tries = 0; tries < 200; tries++) {
      this.#port = Number(/ACCEPT \S+:(\d+)/.exec(said)?.[1] ?? 0)
      if (this.#port) return
      await sleep(10)
    }
    throw new Error(`openssl s_server does not listen: ${said}`)
  }

  /** One client, until it ends; at most five seconds. */
  async run({ client = [], say = ['Q'] }: Run = {}): Promise<LegCapture> {
    const chunks = { 'to-server': [] as WireChunk[], 'to-client': [] as WireChunk[] }
    const relay = await this.#relay(chunks)
    const port = (relay.address() as { port: number }).port
    const keys = ['-keylogfile', join(this.folder, 'keys')]
    const child = spawn('openssl', ['s_client', '-connect', `127.0.0.1:${port}`, ...keys, ...client])
    child.stdin.on('error', () => {})
    let said = ''
    child.stdout.on('data', (text: Buffer) => {
      said += text
    })
    child.stderr.resume()
    const sessionFile = client[client.indexOf('-sess_out') + 1]
    const ready = (): boolean =>
      child.exitCode !== null ||
      (client.includes('-sess_out') ? existsSync(sessionFile!) : /Verify return code/.test(said))
    const ended = new Promise<void>(resolve => child.once('exit', () => resolve()))
    const timer = setTimeout(() => child.kill('SIGKILL'), 5000)
    for (let tries = 0; say.length > 0 && tries < 300 && !ready(); tries++) await sleep(10)
    for (const line of say) {
      await sleep(120)
      if (typeof line === 'string') child.stdin.write(`${line}\n`)
      else this.#server?.stdin?.write(`${line.server}\n`)
    }
    await ended
    clearTimeout(timer)
    await sleep(50)
    relay.close()
    return {
      chunks,
      headers: { 'to-server': [], 'to-client': [] },
      keyLog: readFileSync(join(this.folder, 'keys'), 'utf8').split('\n'),
      tlsStartsAt: { toServer: 0, toClient: 0 },
    }
  }

  async stop(): Promise<void> {
    const server = this.#server
    this.#server = undefined
    if (!server || server.exitCode !== null) return
    const ended = new Promise(resolve => server.once('exit', resolve))
    server.kill('SIGKILL')
    await ended
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop()
    rmSync(this.folder, { recursive: true, force: true })
  }

  async #relay(chunks: { 'to-server': WireChunk[]; 'to-client': WireChunk[] }): Promise<Server> {
    const relay = createServer(client => {
      const server = connect(this.#port, '127.0.0.1')
      record(client, server, chunks['to-server'])
      record(server, client, chunks['to-client'])
    })
    await new Promise<void>(resolve => relay.listen(0, '127.0.0.1', resolve))
    return relay
  }
}

function record(from: Socket, to: Socket, chunks: WireChunk[]): void {
  let offset = 0
  from.on('data', (bytes: Buffer) => {
    chunks.push({ at: performance.timeOrigin + performance.now(), offset, bytes })
    offset += bytes.length
    to.write(bytes)
  })
  from.on('end', () => to.end())
  from.on('error', () => to.destroy())
}
