import { lookup } from 'node:dns/promises'
import { accessSync, closeSync, constants, openSync, readSync, statfsSync, statSync } from 'node:fs'
import { createServer } from 'node:net'
import { hostname, release, type } from 'node:os'
import { portHolder } from '../launch/processes/port-holder.ts'
import type { Address, FileState, Machine } from './surroundings.ts'

const longestLookup = 2000 // ms
const mostText = 1 << 20 // bytes

/** The machine that this runs on. */
export function thisMachine(descriptors: number): Machine {
  return {
    platform: process.platform,
    environment: process.env,
    user: process.getuid?.(),
    hostName: hostname(),
    versions: { node: process.versions.node, openssl: process.versions.openssl, kernel: `${type()} ${release()}` },
    descriptors,
    now: Date.now,
    whyTaken,
    holderOf: address => portHolder(address),
    addressesOf,
    stateOf,
    canWrite: path => attempt(() => accessSync(path, constants.W_OK) ?? true) ?? false,
    textOf: path => attempt(() => textOf(path)),
    roomIn: folder => attempt(() => roomIn(folder)),
  }
}

/** By listening there for a moment. */
function whyTaken({ host, port }: Address): Promise<string | undefined> {
  return new Promise(resolve => {
    const server = createServer()
    server.once('error', ({ code }: NodeJS.ErrnoException) => resolve(code ?? 'unknown'))
    server.listen({ host, port, exclusive: true }, () => server.close(() => resolve(undefined)))
  })
}

async function addressesOf(name: string): Promise<readonly string[]> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never[]>(resolve => {
    timer = setTimeout(resolve, longestLookup, [])
  })
  const asked = lookup(name, { all: true }).then(
    found => [...new Set(found.map(({ address }) => address))],
    () => [],
  )
  return Promise.race([asked, late]).finally(() => clearTimeout(timer))
}

function stateOf(path: string): FileState | undefined {
  const state = attempt(() => statSync(path))
  return state && { isFolder: state.isDirectory(), mode: state.mode & 0o777, uid: state.uid, changedAt: state.mtimeMs }
}

function textOf(path: string): string {
  const file = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0)) // a pipe is not waited for
  try {
    const bytes = Buffer.allocUnsafe(mostText)
    return bytes.toString('utf8', 0, readSync(file, bytes))
  } finally {
    closeSync(file)
  }
}

function roomIn(folder: string): number {
  const { bavail, bsize } = statfsSync(folder)
  return bavail * bsize
}

function attempt<T>(look: () => T): T | undefined {
  try {
    return look()
  } catch {
    return undefined
  }
}
