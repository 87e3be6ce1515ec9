import { accessSync, constants, statSync } from 'node:fs'
import { delimiter, isAbsolute, join } from 'node:path'
import type { Environment } from './open-file.ts'

/** Where the first of these programs lies on PATH; undefined where none does. */
export function findProgram(
  names: readonly string[],
  environment: Environment = process.env,
  platform: NodeJS.Platform = process.platform,
): string | undefined {
  const folders = (environment.PATH ?? environment.Path ?? '').split(delimiter).filter(isAbsolute)
  const endings = platform === 'win32' ? ['.exe'] : [''] // a .cmd would need a shell
  const paths = names.flatMap(name => folders.flatMap(folder => endings.map(ending => join(folder, name + ending))))
  return paths.find(isProgram)
}

/** Whether a file can be run. */
export function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return statSync(path).isFile()
  } catch {
    return false
  }
}
