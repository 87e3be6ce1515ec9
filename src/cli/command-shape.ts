import { realpathSync } from 'node:fs'
import { delimiter, join } from 'node:path'

export interface Standing {
  readonly environment: Readonly<Record<string, string | undefined>>
  /** Node and the script that it runs, as in `process.argv`. */
  readonly argv: readonly string[]
}

/** How the person who started this program starts it again: `parley` where it is installed, else what works as well. */
export function commandShape({ environment, argv: [node = 'node', main = ''] }: Standing): string {
  const folders = (environment.PATH ?? '').split(delimiter).filter(folder => folder !== '' && !madeByNpm(folder))
  const file = realPath(main)
  if (file !== undefined && folders.some(folder => realPath(join(folder, 'parley')) === file)) return 'parley'
  return environment.npm_command === 'exec' ? 'npx parley' : `${quoted(node)} ${quoted(file ?? main)}`
}

/** npm puts such folders before a person's PATH for as long as a script runs. */
const madeByNpm = (folder: string): boolean => /node_modules[\\/](\.bin|@npmcli)|node-gyp-bin/.test(folder)

function realPath(path: string): string | undefined {
  try {
    return realpathSync(path)
  } catch {
    return undefined
  }
}

const quoted = (path: string): string => (/^[\w@%+=:,./\\-]+$/.test(path) ? path : `"${path}"`)
