import { homedir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { openCapture } from '../../../src/store/capture.ts'
import type { Client } from './clients.ts'
import { makeIdentities } from './identities.ts'
import { startOrigin } from './origin.ts'
import { type Owner, run, temporaryFolder } from './processes.ts'

const main = fileURLToPath(new URL('../../../dist/src/cli/main.js', import.meta.url))

/** How a client gets through Parley: with nothing but `parley run`, with a word more in its own code, or not at all. */
export type Verdict = 'as it is' | 'with more' | 'not'

export interface Tried {
  readonly verdict: Verdict
  /** From the start of the command to the first request that was read. */
  readonly seconds?: number
  /** What the program said. */
  readonly said: string
}

/** Where clients are sent: the name of one server leads nowhere but through Parley. */
export interface Servers {
  readonly caPath: string
  readonly far: string
  readonly local: string
}

export async function startServers(owner: Owner): Promise<Servers> {
  const identities = await makeIdentities(owner)
  const url = async (host: string): Promise<string> =>
    `https://${host}:${await startOrigin(owner, identities.leaf(host, { host }))}`
  return { caPath: identities.caPath, far: await url('origin.test'), local: await url('localhost') }
}

/** Sends a client through `parley run`, with options more. Undefined where it, or its library, is not installed. */
export async function tryClient(
  owner: Owner,
  client: Client,
  servers: Servers,
  ...options: readonly string[]
): Promise<Tried | undefined> {
  const once = await tryOnce(owner, client, client.arguments, servers, options)
  if (once === undefined || client.absent?.test(once.said)) return undefined
  const { seconds, said } = once
  if (seconds !== undefined) return { verdict: 'as it is', seconds, said }
  const again = client.more && (await tryOnce(owner, client, client.more.arguments, servers, options))
  return again?.seconds === undefined ? { verdict: 'not', said } : { verdict: 'with more', ...again }
}

async function tryOnce(
  owner: Owner,
  { program, local, prepare }: Client,
  args: Client['arguments'],
  servers: Servers,
  more: readonly string[],
) {
  if (program === undefined) return undefined
  const folder = temporaryFolder(owner)
  prepare?.(folder)
  const capturePath = join(folder, 'tried.parley')
  const command = [program, ...args(`${local ? servers.local : servers.far}/asked`, folder)]
  const options = [
    '--capture',
    capturePath,
    '--upstream-ca',
    servers.caPath,
    '--resolve',
    'origin.test:127.0.0.1',
    ...more,
  ]
  const started = Date.now()
  const { stdout, stderr } = await run(process.execPath, [main, 'run', ...options, '--', ...command], {
    cwd: folder,
    env: { ...ownCaches(folder), XDG_DATA_HOME: folder },
    timeout: 100_000,
  })
  const seconds = firstRead(capturePath, started)
  return { said: stdout + stderr, ...(seconds !== undefined && { seconds }) }
}

/** What the programs would leave at the person's; what Go has compiled may be used again. */
export const ownCaches = (folder: string): Readonly<Record<string, string>> => ({
  CARGO_HOME: join(folder, 'cargo'),
  DENO_DIR: join(folder, 'deno'),
  GOCACHE: process.env.GOCACHE ?? join(homedir(), '.cache', 'go-build'),
  npm_config_cache: join(folder, 'npm'),
})

function firstRead(capturePath: string, started: number): number | undefined {
  const capture = openCapture(capturePath)
  try {
    const first = capture.flows({ limit: 10 }).find(({ scheme, status }) => scheme === 'https' && status === 200)
    return first && (first.startedAt - started) / 1000
  } finally {
    capture.close()
  }
}
