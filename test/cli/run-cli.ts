import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'

const main = join(import.meta.dirname, '../../dist/src/cli/main.js')

export interface Ran {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** `parley` as a program that runs. Its data folder is `folder`. */
export interface Program {
  readonly child: ChildProcess
  /** Resolves to what it has said on stderr when that fits the pattern. Rejects when it ends first. */
  says(pattern: RegExp): Promise<RegExpExecArray>
  /** The same for stdout. */
  prints(pattern: RegExp): Promise<RegExpExecArray>
  readonly ended: Promise<Ran>
}

export function startCli(folder: string, ...argv: readonly string[]): Program {
  const env = { ...process.env, XDG_DATA_HOME: folder, HOME: folder, NO_COLOR: '1', NODE_OPTIONS: '' }
  const child = spawn(process.execPath, [main, ...argv], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  let stdout = ''
  let stderr = ''
  const heard = new Set<() => void>()
  child.stdout.setEncoding('utf8').on('data', text => {
    stdout += text
    for (const listener of heard) listener()
  })
  child.stderr.setEncoding('utf8').on('data', text => {
    stderr += text
    for (const listener of heard) listener()
  })
  const ended = new Promise<Ran>(resolve => child.once('close', code => resolve({ code, stdout, stderr })))
  const wait = (pattern: RegExp, heardSoFar: () => string): Promise<RegExpExecArray> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        const match = pattern.exec(heardSoFar())
        if (match) resolve(match)
      }
      heard.add(look)
      look()
      ended.then(() => reject(new Error(`it ended and said: ${stderr}`)))
    })
  return { child, ended, says: pattern => wait(pattern, () => stderr), prints: pattern => wait(pattern, () => stdout) }
}

/** Runs a command to its end. */
export const runCli = (folder: string, ...argv: readonly string[]): Promise<Ran> => startCli(folder, ...argv).ended
