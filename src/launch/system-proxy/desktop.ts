import { execFileSync } from 'node:child_process'
import { findProgram } from '../find-program.ts'

/** Where a proxy listens. */
export interface Address {
  readonly host: string
  readonly port: number
}

/** Settings by name, each in the words of who keeps them; null is one that is not set. */
export type Settings = Readonly<Record<string, string | null>>

/** Where a desktop's own programs are looked for. */
export interface Surroundings {
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly platform: NodeJS.Platform
}

/** Who keeps the proxy settings of this machine. All methods throw SystemProxyError where its programs fail. */
export interface Desktop {
  /** As the journal knows it. */
  readonly name: string
  /** For a person. */
  readonly title: string
  isHere(): boolean
  read(): Settings
  /** What sends programs to the address, in the order in which it is to be set; `now` is what is set. */
  through(address: Address, now: Settings): Settings
  write(name: string, value: string | null): void
  /** Tells programs that run already. */
  announce?(): void
  /** What the settings mean, in short: `127.0.0.1:8080`, `none`. */
  describe(now: Settings): string
}

/** A desktop's settings could not be read or written. */
export class SystemProxyError extends Error {}

const patience = 10_000 // ms

/** Runs a program to its end and answers with what it printed. No shell stands between. Throws SystemProxyError. */
export function ask({ environment }: Surroundings, command: string, ...args: readonly string[]): string {
  try {
    return execFileSync(command, args, {
      encoding: 'utf8',
      env: environment as NodeJS.ProcessEnv,
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: patience,
      windowsHide: true,
    })
  } catch (error) {
    const { stderr, stdout, code, status } = error as Partial<Record<'stderr' | 'stdout' | 'code', string>> & {
      readonly status?: number | null
    }
    const said = (stderr?.trim() || stdout?.trim() || code || `it ended with ${status}`).split('\n', 1)[0]
    throw new SystemProxyError(`${command} ${args[0] ?? ''}: ${said}`)
  }
}

/** As `ask`, where it does not matter whether it works. */
export function tell(surroundings: Surroundings, command: string, ...args: readonly string[]): void {
  try {
    ask(surroundings, command, ...args)
  } catch {}
}

/** Whether a program of this name is found on PATH. */
export const isOnPath = ({ environment, platform }: Surroundings, name: string): boolean =>
  findProgram([name], environment, platform) !== undefined

/** Whether the session is that of one of these desktops (XDG Desktop Entry, OnlyShowIn). */
export const isSessionOf = ({ environment, platform }: Surroundings, names: readonly string[]): boolean =>
  platform !== 'darwin' &&
  platform !== 'win32' &&
  (environment.XDG_CURRENT_DESKTOP ?? '').split(':').some(name => names.includes(name.toLowerCase()))
