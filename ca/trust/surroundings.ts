import { accessSync, constants, existsSync, readdirSync } from 'node:fs'
import { homedir } from 'node:os'
import { delimiter, join } from 'node:path'

/** The machine as stores see it. */
export interface Surroundings {
  readonly platform: NodeJS.Platform
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly home: string
  /** Where the system's own folders begin: `/`, or where another system is mounted. */
  readonly base: string
  readonly isRoot: boolean
}

export const thisMachine = (): Surroundings => ({
  platform: process.platform,
  environment: process.env,
  home: homedir(),
  base: '/',
  isRoot: process.getuid?.() === 0,
})

/** A program by its name where PATH has it, by its path where it lies beside; undefined where it is not there. */
export function findProgram(
  { environment, base }: Surroundings,
  name: string,
  ...beside: readonly string[]
): string | undefined {
  const folders = (environment.PATH ?? '').split(delimiter).filter(folder => folder !== '')
  if (folders.some(folder => mayRun(join(folder, name)))) return name
  const others = [...beside, ...['usr/sbin', 'sbin'].map(folder => join(base, folder))] // often not on a person's PATH
  return others.map(folder => join(folder, name)).find(mayRun)
}

/** The folders, or links to one, in a folder that may not be there. */
export function foldersIn(path: string): readonly string[] {
  try {
    return readdirSync(path, { withFileTypes: true })
      .filter(entry => entry.isDirectory() || entry.isSymbolicLink())
      .map(({ name }) => join(path, name))
      .sort()
  } catch {
    return []
  }
}

/** Whether a file is ours to write. */
export function mayWrite(path: string): boolean {
  try {
    accessSync(path, constants.W_OK)
    return true
  } catch {
    return false
  }
}

function mayRun(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return existsSync(path)
  } catch {
    return false
  }
}
