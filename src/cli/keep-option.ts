import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { CliError } from './fail.ts'

/**
 * Gives an option in the config file another value and leaves the rest as it is; makes the file where there is none.
 * Throws CliError where it cannot be read as JSON or written.
 */
export function keepOption(path: string, name: string, value: unknown): void {
  try {
    const before = tableOf(readIfThere(path))
    const after = { ...before, options: { ...tableOf(before.options), [name]: value } }
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, `${JSON.stringify(after, undefined, 2)}\n`)
  } catch (error) {
    throw new CliError(`${path} was not changed: ${(error as Error).message}`)
  }
}

function readIfThere(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {}
    throw error
  }
}

type Table = Readonly<Record<string, unknown>>

function tableOf(value: unknown): Table {
  if (value === undefined) return {}
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Table
  throw new Error('it does not hold an object of options')
}
