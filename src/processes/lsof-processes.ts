import { execFile } from 'node:child_process'
import type { Endpoint } from '../model/connection.ts'
import { commandLine } from './command-line.ts'
import { readLsof, readPs } from './lsof-output.ts'
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
