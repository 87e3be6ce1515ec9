import { closeSync, openSync, readdirSync, readFileSync, readlinkSync, readSync } from 'node:fs'
import { basename } from 'node:path'
import type { ClientProcess } from '../../model/connection.ts'
import { commandLine } from './command-line.ts'
import type { FindProcesses } from './socket-table.ts'
import { type ClientSocket, findSockets, type SocketEntry } from './socket-table.ts'

const mostRecent = 16 // processes
const mostYoung = 4 // processes
const sliceMs = 5 // then whoever shares the thread has a turn
const mostRead = 4096 // bytes of a command line

/**
 * Linux: the inode of a socket is in /proc/net/tcp or tcp6, and the process that has it open in /proc/PID/fd. The kernel
 * takes 1 to 2 ms for a table and a curl may be gone in 3, so the youngest processes are looked at before. After it come
 * those that were found last, such as a browser, and only then all others. `user` is who asks: unless it is root, other
 * users' processes are not to be seen.
 */
export function procProcesses(root = '/proc', user = process.getuid?.() ?? 0): FindProcesses {
  let recent: readonly string[] = []
  return async sockets => {
    if (sockets.length === 0) return []
    const pids = pidsOf(root)
    const holders = new Map<string, ClientProcess>()
    for (const pid of pids.slice(0, mostYoung)) note(holders, root, pid, linksOf(root, pid))
    const entries = readTables(root, sockets)
    const links = entries.map(entry => (entry && mayBeSeen(entry, user) ? `socket:[${entry.inode}]` : undefined))
    const wanted = new Set(links.filter(link => link !== undefined && !holders.has(link)))
    let pause = performance.now() + sliceMs
    for (const pid of wanted.size > 0 ? new Set([...recent, ...pids]) : []) {
      if (performance.now() > pause) {
        await new Promise(resolve => setImmediate(resolve))
        pause = performance.now() + sliceMs
      }
      const held = linksOf(root, pid).filter(link => wanted.delete(link))
      note(holders, root, pid, held)
      if (wanted.size === 0) break
    }
    const found = links.map(link => (link === undefined ? undefined : holders.get(link)))
    recent = [...new Set([...found.flatMap(process => process?.pid ?? []).map(String), ...recent])].slice(0, mostRecent)
    return found
  }
}

function note(holders: Map<string, ClientProcess>, root: string, pid: string, links: readonly string[]): void {
  const process = links.length > 0 ? describe(root, pid) : undefined
  if (process) for (const link of links) holders.set(link, process)
}

const mayBeSeen = ({ uid }: SocketEntry, user: number): boolean => user === 0 || uid === user

/** The second table only where the first does not have all. */
function readTables(root: string, sockets: readonly ClientSocket[]): (SocketEntry | undefined)[] {
  const found = findSockets(readTable(`${root}/net/tcp`), sockets)
  if (!found.includes(undefined)) return found
  const more = findSockets(readTable(`${root}/net/tcp6`), sockets)
  return found.map((entry, index) => entry ?? more[index])
}

/** Absent where the kernel has no such protocol. */
function readTable(path: string): string {
  try {
    return readFileSync(path, 'latin1')
  } catch {
    return ''
  }
}

/** The youngest first: numbers rise, and begin anew some time; loadavg ends with the last one given (proc(5)). */
function pidsOf(root: string): string[] {
  const last = Number(readStart(`${root}/loadavg`).trimEnd().split(' ').at(-1))
  const age = (pid: string): number => (Number(pid) > last ? olderRound : 0) - Number(pid)
  const pids = readdirSync(root).filter(name => /^\d+$/.test(name))
  return pids.sort((a, b) => age(a) - age(b))
}

const olderRound = 2 ** 32

/** `socket:[INODE]` of every socket that a process has open; none where it is gone or somebody else's. */
function linksOf(root: string, pid: string): string[] {
  const folder = `${root}/${pid}/fd`
  try {
    const links = readdirSync(folder).map(fd => linkAt(`${folder}/${fd}`))
    return links.filter(link => link?.startsWith('socket:')) as string[]
  } catch {
    return []
  }
}

function linkAt(path: string): string | undefined {
  try {
    return readlinkSync(path)
  } catch {
    return undefined
  }
}

/** Named by its file, which it cannot choose as it can /proc/PID/comm. */
function describe(root: string, pid: string): ClientProcess | undefined {
  const file = linkAt(`${root}/${pid}/exe`)?.replace(/ \(deleted\)$/, '')
  const name = file === undefined ? readStart(`${root}/${pid}/comm`).trimEnd() : basename(file)
  if (name === '') return undefined
  return { pid: Number(pid), name, command: commandLine(readStart(`${root}/${pid}/cmdline`).split('\0')) }
}

function readStart(path: string): string {
  try {
    const file = openSync(path, 'r')
    try {
      const bytes = Buffer.allocUnsafe(mostRead)
      return bytes.toString('utf8', 0, readSync(file, bytes))
    } finally {
      closeSync(file)
    }
  } catch {
    return ''
  }
}
