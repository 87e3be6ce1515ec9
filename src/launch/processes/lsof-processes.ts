import { execFile } from 'node:child_process'
import type { Endpoint } from '../../model/connection.ts'
import { commandLine } from './command-line.ts'
import type { FindProcesses } from './socket-table.ts'

const longestRun = 3000 // ms
const mostOutput = 16 * 1024 * 1024

/** macOS: one lsof for every connection to the listener, and one ps for the command lines. */
export function lsofProcesses(run: typeof output = output): FindProcesses {
  return async sockets => {
    const ports = new Set(sockets.map(({ remote }) => remote.port))
    const open = await run('lsof', ['-nPw', `-iTCP:${[...ports].join()}`, '-sTCP:ESTABLISHED', '-F', 'pcn'])
    const holders = new Map(readLsof(open).map(socket => [socket.local, socket]))
    const found = sockets.map(({ local }) => holders.get(endpointForm(local)))
    const pids = new Set(found.flatMap(socket => socket?.pid ?? []))
    if (pids.size === 0) return sockets.map(() => undefined)
    const commands = readPs(await run('ps', ['-ww', '-o', 'pid=,command=', '-p', [...pids].join()]))
    return found.map(
      socket =>
        socket && { pid: socket.pid, name: socket.name, command: commandLine([commands.get(socket.pid) ?? '']) },
    )
  }
}

/** As lsof writes it. */
function endpointForm({ address, port }: Endpoint): string {
  const plain = address.replace(/^::ffff:/i, '')
  return plain.includes(':') ? `[${plain}]:${port}` : `${plain}:${port}`
}

/** What a program prints, whatever its exit code: lsof ends with 1 where it found nothing. Rejects where it cannot run. */
function output(program: string, args: readonly string[]): Promise<string> {
  const limits = { timeout: longestRun, maxBuffer: mostOutput }
  return new Promise((resolve, reject) => {
    execFile(program, args, limits, (error, stdout) => {
      if (error && typeof error.code !== 'number') reject(error)
      else resolve(stdout)
    })
  })
}

/** A TCP socket of a process. */
export interface OpenSocket {
  readonly pid: number
  /** Of the program; lsof cuts it where the kernel does. */
  readonly name: string
  /** `127.0.0.1:54321`, `[::1]:54321`; its own end first. */
  readonly local: string
  readonly remote: string
}

/**
 * Reads what `lsof -F pcn` prints (lsof(8), OUTPUT FOR OTHER PROGRAMS): a field a line, its first letter says which.
 * `p` pid and `c` command start a process, each `n` names a socket of it; a listening one has no arrow, and is left out.
 */
export function readLsof(output: string): OpenSocket[] {
  const sockets: OpenSocket[] = []
  let pid = 0
  let name = ''
  for (const field of output.split('\n')) {
    const value = field.slice(1)
    if (field[0] === 'p') pid = Number(value)
    else if (field[0] === 'c') name = unescaped(value)
    else if (field[0] === 'n') {
      const [local = '', remote] = value.split('->')
      if (remote !== undefined) sockets.push({ pid, name, local, remote })
    }
  }
  return sockets
}

/** Where a byte is not printable, lsof writes `\x1b`. */
const unescaped = (text: string): string =>
  text.includes('\\x') ? Buffer.from(bytesOf(text), 'latin1').toString() : text

const bytesOf = (text: string): string =>
  text.replace(/\\x([0-9a-f]{2})/gi, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16)))

/** Reads what `ps -o pid=,command=` prints: a process a line. */
export function readPs(output: string): Map<number, string> {
  const lines = output.split('\n').map(line => /^\s*(\d+)\s+(.*)$/.exec(line))
  return new Map(lines.flatMap(match => (match ? [[Number(match[1]), match[2]!] as const] : [])))
}
