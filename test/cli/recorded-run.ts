import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openAuthority } from '../../ca/index.ts'
import { openRun, type Run, type RunOptions } from '../../src/cli/run.ts'
import type { Changes } from '../../src/model/changes.ts'
import { fetchThrough } from '../../src/peers/client.ts'
import type { ClientResult } from '../../src/peers/client-types.ts'
import type { OriginName } from '../../src/peers/origin.ts'
import { type Origins, startOrigins } from '../../src/peers/origins.ts'
import { defaultTimeouts, type ProxyOptions } from '../../src/proxy/services.ts'

/** A folder for one test file, gone when its process ends. */
export function ownFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'parley-cli-'))
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  return folder
}

export function optionsIn(folder: string, proxy: Partial<ProxyOptions> = {}): RunOptions {
  return {
    proxy: {
      listen: { host: '127.0.0.1', port: 0 },
      authorityFolder: join(folder, 'ca'),
      verifyUpstream: true,
      mirror: true,
      failAsServer: false,
      passThrough: [],
      hosts: new Map(),
      timeouts: defaultTimeouts,
      ...proxy,
    },
    capturePath: join(folder, 'capture.parley'),
    upstreamRoots: [],
    bodyLimit: 1 << 20,
  }
}

export interface Visiting {
  readonly run: Run
  readonly origins: Origins
  visit(name: OriginName, path?: string): Promise<ClientResult>
  close(): Promise<void>
}

/** A run with origins of every kind behind it. */
export async function startVisiting(
  folder: string,
  more: Partial<RunOptions> = {},
  proxy: Partial<ProxyOptions> = {},
): Promise<Visiting> {
  const origins = await startOrigins({ slowMs: 1 })
  const options = optionsIn(folder, { hosts: origins.addresses, ...proxy })
  const run = await openRun({ ...options, upstreamRoots: [origins.caPem], ...more })
  const { certificatePem: ca } = await openAuthority(options.proxy.authorityFolder)
  return {
    run,
    origins,
    visit: (name, path = '/json') =>
      fetchThrough({ url: new URL(path, origins.named(name).url), proxy: run, ca, timeout: 8000 }),
    async close() {
      await run.close()
      await origins.close()
    },
  }
}

export interface Recorded {
  readonly path: string
  readonly changes: readonly Changes[]
}

/** The path of a capture of three visits: an answer in HTTP/2, one in plain HTTP, and an expired certificate. */
export async function recordVisits(folder = ownFolder()): Promise<Recorded> {
  const visiting = await startVisiting(folder)
  const changes: Changes[] = []
  visiting.run.onChange(change => changes.push(change))
  for (const name of ['tls13', 'plain', 'expired'] as const) await visiting.visit(name)
  await visiting.close()
  return { path: visiting.run.capturePath, changes }
}
