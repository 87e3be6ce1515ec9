import { fork, spawn } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { join } from 'node:path'
import { type Child, keep, listeningPort } from './child.ts'
import type { Job, Result } from './load.ts'
import type { IdentityFiles } from './origin.ts'

/**
 * `tapped` is the relay with Parley's taps under TLS and a tape that keeps nothing; `unmatched` is Parley with a rule that no
 * request matches, `changed` with one that writes a field into each request; `openssl` is Parley without its own TLS client.
 */
export type PeerName = 'relay' | 'tapped' | 'parley' | 'openssl' | 'unmatched' | 'changed'

/** A proxy under load. */
export interface Peer {
  readonly name: PeerName
  readonly child: Child
  readonly port: number
  /** From spawn to the port it listens on, in ms. */
  readonly readyMs: number
}

/** What peers are started with. */
export interface Ground {
  readonly folder: string
  /** Parley's built entry. */
  readonly parley: string
  readonly identity: IdentityFiles
}

const command = ({ folder, parley, identity }: Ground): Readonly<Record<PeerName, () => readonly string[]>> => ({
  relay: () => [join(import.meta.dirname, 'relay.ts'), identity.cert, identity.key],
  tapped: () => [join(import.meta.dirname, 'relay.ts'), identity.cert, identity.key, 'tapped'],
  parley: () => record(folder, parley),
  openssl: () => record(folder, parley, '--tls-client', 'openssl'),
  unmatched: () => record(folder, parley, '--rule', '~u /nowhere => set-header request x-bench 1'),
  changed: () => record(folder, parley, '--rule', '~u /small => set-header request x-bench 1'),
})

function record(folder: string, parley: string, ...more: readonly string[]): readonly string[] {
  const capture = join(mkdtempSync(join(folder, 'capture-')), 'c.parley')
  const flags = ['--insecure', '--ca-dir', join(folder, 'ca'), '--capture', capture]
  return [parley, 'record', ...flags, '--listen', '127.0.0.1:0', ...more]
}

export async function startPeer(name: PeerName, ground: Ground): Promise<Peer> {
  const args = command(ground)[name]()
  const start = performance.now()
  const process_ = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'pipe'] })
  const child = keep(process_)
  const port = await listeningPort(process_)
  return { name, child, port, readyMs: performance.now() - start }
}

/** The load generator's process: one job at a time. */
export interface Load {
  readonly child: Child
  /** Rejects with what went wrong with a request. */
  run(job: Job): Promise<Result>
}

export function startLoad(): Load {
  const process_ = fork(join(import.meta.dirname, 'load.ts'), { execArgv: [] })
  const child = keep(process_)
  let settle: { resolve(result: Result): void; reject(error: Error): void } | undefined
  process_.on('message', result => settle?.resolve(result as Result))
  process_.on('exit', () => settle?.reject(new Error('the load generator ended')))
  return {
    child,
    async run(job) {
      const { promise, resolve, reject } = Promise.withResolvers<Result>()
      settle = { resolve, reject }
      process_.send(job)
      const result = await promise
      if (result.error) throw new Error(`${job.shape} through port ${job.proxyPort}: ${result.error}`)
      return result
    },
  }
}
