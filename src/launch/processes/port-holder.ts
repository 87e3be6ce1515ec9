import { execFile } from 'node:child_process'
import type { ClientProcess, Endpoint } from '../../model/connection.ts'
import { procProcesses } from './proc-processes.ts'
import type { FindProcesses } from './socket-table.ts'

interface Finders {
  readonly platform: NodeJS.Platform
  readonly find: FindProcesses
  /** What lsof prints with these arguments. */
  lsof(args: readonly string[]): Promise<string>
}

const longest = 3000 // ms

/** The program that listens on an address, or on all of them; undefined where this user may not see it. Never rejects. */
export async function portHolder(
  { host, port }: { readonly host: string; readonly port: number },
  { platform, find, lsof }: Finders = { platform: process.platform, find: procProcesses(), lsof: runLsof },
): Promise<ClientProcess | undefined> {
  if (platform === 'linux') {
    const own = host === 'localhost' ? ['127.0.0.1', '::1'] : [host]
    const locals = [...own, '0.0.0.0', '::'].map((address): Endpoint => ({ address, port }))
    const nobody: Endpoint = { address: '0.0.0.0', port: 0 } // as the kernel has it of a socket that listens
    const found = await find(locals.map(local => ({ local, remote: nobody }))).catch(() => [])
    return found.find(each => each !== undefined)
  }
  if (platform !== 'darwin') return undefined
  return readHolder(await lsof(['-nPw', `-iTCP:${port}`, '-sTCP:LISTEN', '-F', 'pc']).catch(() => ''))
}

/** The first process in what `lsof -F pc` prints: a field a line, named by its first letter. */
function readHolder(output: string): ClientProcess | undefined {
  const [, pid, name] = /^p(\d+)\nc(.*)$/m.exec(output) ?? []
  return pid === undefined || name === undefined ? undefined : { pid: Number(pid), name, command: '' }
}

const runLsof = (args: readonly string[]): Promise<string> =>
  new Promise((resolve, reject) => {
    execFile('lsof', args, { timeout: longest }, (error, stdout) => (error ? reject(error) : resolve(stdout)))
  })
