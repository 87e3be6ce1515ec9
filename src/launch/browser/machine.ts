import { execFileSync } from 'node:child_process'
import { readFileSync, statSync } from 'node:fs'
import { homedir } from 'node:os'
import { isProgram } from '../find-program.ts'
import type { Environment } from '../open-file.ts'

/** What is asked of a machine to find a browser on it. */
export interface Machine {
  readonly platform: NodeJS.Platform
  readonly environment: Environment
  readonly home: string
  isProgram(path: string): boolean
  /** The text of a small file; empty where it is none. */
  read(path: string): string
  /** What a program prints; empty where it fails. */
  ask(command: string, args: readonly string[]): string
}

const mostScript = 64 * 1024 // bytes

export const thisMachine = (environment: Environment = process.env, home: string = homedir()): Machine => ({
  platform: process.platform,
  environment,
  home,
  isProgram,
  read: path => attempted(() => (statSync(path).size > mostScript ? '' : readFileSync(path, 'utf8')), ''),
  ask: (command, args) =>
    attempted(() => execFileSync(command, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }), ''),
})

function attempted<T>(attempt: () => T, otherwise: T): T {
  try {
    return attempt()
  } catch {
    return otherwise
  }
}
